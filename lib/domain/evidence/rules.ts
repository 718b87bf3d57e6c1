import type { AnswerStatus, IndexRow, ProtocolItem, Section } from "#lib/domain/evidence/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** How many records a section holds, in which files, and which events made them. */
export type SectionContent = {
  readonly records: number;
  readonly files: readonly string[];
  readonly events: readonly number[];
};

/** A cell with more event numbers than this is no use to a reader; the table's own `event_seq` column has them all. */
export const INDEX_EVENTS_MAX = 200;

/** Which request items the pack answers, with which files: the index. A section without records answers nothing. */
export function indexOf(
  protocol: readonly ProtocolItem[],
  sections: Readonly<Record<Section, SectionContent>>,
): IndexRow[] {
  return protocol.map((item) => {
    const answers = item.answers.filter((answer) => sections[answer.section].records > 0);
    const tables = answers.map(({ section }) => section).filter((section) => section !== "ledger");
    const contents = answers.map((answer) => sections[answer.section]);
    const events = [...new Set(contents.flatMap((content) => content.events))].sort((a, b) => a - b);
    return {
      item: item.item,
      rule: item.rule,
      citation: item.citation,
      title: item.title,
      status: answerStatus(answers),
      sections: tables,
      files: [
        ...(tables.length > 0 ? [itemDocumentPath(item.item)] : []),
        ...new Set(contents.flatMap((content) => content.files)),
      ],
      events: events.slice(-INDEX_EVENTS_MAX),
      eventCount: events.length,
      missing: answers.flatMap((answer) => (answer.extent === "partly" ? [answer.missing] : [])),
    };
  });
}

/** Where a pack holds what it answers to one item, to be read; from the pack's `data/` folder. */
export function itemDocumentPath(item: number): string {
  return `items/item-${String(item).padStart(2, "0")}.pdf`;
}

function answerStatus(answers: ProtocolItem["answers"]): AnswerStatus {
  if (answers.some((answer) => answer.extent === "full")) return "answered";
  return answers.length > 0 ? "partly" : "none";
}

/** Refuses a pack of the future, and a period that ends before it begins or lies open at one end. */
export function assertPackDates(
  dates: { asOf: CalendarDate | null; from: CalendarDate | null; to: CalendarDate | null },
  today: CalendarDate,
): void {
  if (dates.asOf !== null && dates.asOf > today) throw refuse("evidence.as_of_in_future", { today }, "asOf");
  if (dates.asOf !== null && dates.asOf < "2000-01-01") throw refuse("evidence.as_of_too_early", {}, "asOf");
  if (dates.from === null && dates.to === null) return;
  if (dates.from === null) throw refuse("evidence.period_incomplete", {}, "from");
  if (dates.to === null) throw refuse("evidence.period_incomplete", {}, "to");
  if (dates.to < dates.from) throw refuse("evidence.period_reversed", {}, "to");
  if (dates.to > today) throw refuse("evidence.period_in_future", { today }, "to");
}

/** `evidence-harbor-family-20261122-3f2a`: the top folder of a pack and, with `.zip`, its file name. Pure of what a pack is a function of. */
export function packFolderName(slug: string, asOfDate: CalendarDate, ledgerSize: number, period: string): string {
  const of = period === "" ? "" : `-${period}`;
  return `evidence-${slug}-${asOfDate.replaceAll("-", "")}${of}-${ledgerSize}`;
}
