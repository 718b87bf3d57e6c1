import "server-only";
import type { ClinicContext } from "#lib/domain/context.ts";
import { type PackContent, packPrincipal, publicPackKeys } from "#lib/domain/evidence/queries.ts";
import { readingOf } from "#lib/domain/evidence/readings/rules.ts";
import type { IndexRow } from "#lib/domain/evidence/schema.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";
import { env } from "#lib/platform/env.ts";
import { loadMessages } from "#lib/platform/i18n/messages.ts";
import { say } from "#lib/platform/i18n/say.ts";
import type { PdfRequest } from "#lib/platform/pdf/render.ts";
import { parseCheckpoint } from "#lib/proof/checkpoint.ts";
import { toHex } from "#lib/proof/hash.ts";
import { fingerprintsOf } from "#lib/proof/pack-keys.ts";

type Cover = {
  readonly ctx: ClinicContext;
  readonly content: PackContent;
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly note: string };
  readonly madeAt: Date;
  readonly payloadFiles: number;
};

// What only the page knows is filled in by the template, under its own name.
const FILLED_BY_TEMPLATE = {
  page: "{page}",
  pages: "{pages}",
  count: "{count}",
  shown: "{shown}",
  total: "{total}",
  file: "{file}",
};

/** START-HERE.pdf as its template takes it: what the pack is, which file answers which request, how to check it, what that proves. */
export function composeCover({ ctx, content, checkpoint, madeAt, payloadFiles }: Cover): PdfRequest {
  const moments = new Intl.DateTimeFormat("en-US", { timeZone: ctx.timeZone, dateStyle: "long", timeStyle: "long" });
  const days = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", dateStyle: "long" });
  const day = (date: string) => days.format(new Date(`${date}T00:00:00Z`));
  const asOf = moments.format(content.moment.asOf);
  const { from, to } = content.dates;
  const key = publicPackKeys(checkpoint.origin);
  const packWords = say("en", "pack");
  const statusWords = say("en", "tools");
  const sole = content.sole.toReversed();
  const filled = {
    ...FILLED_BY_TEMPLATE,
    ...{ clinic: ctx.clinicName, asOf, items: content.index.length, size: checkpoint.size, sole: sole.length },
    ...{ from: from === null ? "" : day(from), to: to === null ? "" : day(to) },
  };
  return {
    template: "start-here",
    title: packWords("title"),
    locale: "en",
    data: {
      createdAt: madeAt.toISOString(),
      clinic: ctx.clinicName,
      slug: ctx.slug,
      mark: `${checkpoint.origin}@${checkpoint.size}`,
      asOf,
      moment: asOf,
      period: packWords(from === null ? "periodAll" : "periodRange", filled),
      madeAt: moments.format(madeAt),
      evidencePage: `${env().WARDBOOK_URL}/c/${ctx.slug}/evidence`,
      ledger: { origin: checkpoint.origin, size: checkpoint.size, root: toHex(parseCheckpoint(checkpoint.note).root) },
      checkpoint: checkpoint.note.trimEnd().split("\n"),
      keys: { ...fingerprintsOf(key), principal: packPrincipal(checkpoint.origin) },
      counts: [
        { label: packWords("countTools"), value: content.tables.tools.rows.length },
        { label: packWords("countDecisions"), value: content.tables.tool_decisions.rows.length },
        { label: packWords("countMembers"), value: content.tables.members.rows.length },
        { label: packWords("countFiles"), value: payloadFiles },
      ],
      items: content.index.map(({ eventCount, files, missing, item, rule, citation, title, status }) => ({
        ...{
          item,
          rule,
          citation,
          title,
          status,
          files: files.map((file) => `data/${file}`),
          events: eventCount,
          missing,
        },
      })),
      soleDecisions: sole.map((decision) => ({
        on: moments.format(decision.decidedAt),
        decision: statusWords(`status.${decision.status}`),
        subject: decision.subject,
        by: decision.by,
        event: decision.seq,
      })),
      soleDecisionsFile: "data/tables/tool_decisions.csv",
      words: Object.fromEntries(
        Object.keys(loadMessages("en").pack as object).map((name) => [name, packWords(name, filled)]),
      ),
    },
  };
}

type ItemDocument = Pick<Cover, "ctx" | "content"> & {
  readonly row: IndexRow;
  readonly checkpoint: { readonly origin: string; readonly size: number };
};

/** One item's document as its template takes it: what is asked, what the records show, and what they don't. */
export function composeItem({ ctx, content, row, checkpoint }: ItemDocument): PdfRequest {
  const words = say("en", "pack-items");
  const moments = new Intl.DateTimeFormat("en-US", { timeZone: ctx.timeZone, dateStyle: "long", timeStyle: "long" });
  const asOf = moments.format(content.moment.asOf);
  const filled = { ...FILLED_BY_TEMPLATE, asOf };
  const { item, rule, citation, title, status, missing } = row;
  const { words: itemWords } = loadMessages("en")["pack-items"] as { words: object };
  return {
    template: "item",
    title: words("title", { item, title }),
    locale: "en",
    data: {
      // Not when it was made: the same pack made again holds the same bytes.
      createdAt: content.moment.asOf.toISOString(),
      clinic: ctx.clinicName,
      mark: `${checkpoint.origin}@${checkpoint.size}`,
      moment: asOf,
      ...{ item, citation, rule: words(`rule.${rule}`), missing, status: words(`status.${status}`) },
      asks: listProtocol().find((candidate) => candidate.item === item)?.asks ?? "",
      sections: row.sections.map((section) => {
        const table = content.tables[section];
        const { header, widths, rows } = readingOf(section, table, {
          timeZone: ctx.timeZone,
          words: say("en", "pack-items"),
        });
        return {
          title: words(`section.${section}.title`),
          intro: words(`section.${section}.intro`),
          ...{ header, widths, rows },
          file: `data/tables/${section}.csv`,
        };
      }),
      words: Object.fromEntries(Object.keys(itemWords).map((name) => [name, words(`words.${name}`, filled)])),
    },
  };
}
