import "server-only";
import { type PackMoment, type PackTable, packTable } from "#lib/domain/clinic/evidence.ts";
import { ANSWER_EVENTS } from "#lib/domain/tools/answers/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Cell } from "#lib/proof/tables.ts";

const REQUEST_COLUMNS = [
  ...["id", "vendor", "product", "surface", "hostname", "purpose", "goes_in", "requested_by", "requested_at"],
  ...["supporters", "status", "answered_by", "answered_at", "answer_tool", "answer_reason", "sole_decider"],
  ...["recorded_later", "event_seq", "answered_event_seq"],
  ...["taken_back_by", "taken_back_at", "taken_back_reason", "taken_back_event_seq"],
];

/** Every request for a tool made by the moment, with each answer that it had by then: one that was taken back in a row of its own. */
export async function requestsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const rows = await tx.toolRequest.findMany({
    where: { requestedAt: { lte: moment.asOf } },
    include: {
      supporters: { where: { supportedAt: { lte: moment.asOf } } },
      answerTool: { select: { product: true, surface: true } },
      takenBack: { include: { answerTool: { select: { product: true, surface: true } } }, orderBy: { number: "asc" } },
    },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
  });
  const cells = rows.flatMap((row): Cell[][] => {
    const seq = moment.seqOf(row.id);
    if (seq === null) return [];
    const given = moment.seqsOf(row.id, ...ANSWER_EVENTS);
    const reopened = moment.seqsOf(row.id, "tool_request.reopened");
    const asked = [row.id, row.vendor, row.product, row.surface, row.hostname, row.purpose, row.goesIn];
    const people = row.supporters.map(({ memberId }) => moment.nameOf(memberId)).join("\n");
    const cellsOf = (answer: AnswerThen | null): Cell[] => [
      ...[...asked, moment.nameOf(row.requesterId), row.requestedAt.toISOString(), people],
      ...[answer?.status ?? "open", answer?.by == null ? null : moment.nameOf(answer.by)],
      ...[answer?.at.toISOString() ?? null],
      ...[answer?.tool == null ? null : `${answer.tool.product}, ${answer.tool.surface}`],
      ...[answer?.reason ?? "", answer?.soleDecider ?? false, row.recordedAt > moment.asOf, seq],
      ...[answer?.seq ?? null, ...takenBackCells(answer, moment)],
    ];
    const then = row.takenBack.flatMap((once): AnswerThen[] => {
      const [answeredSeq, takenBackSeq] = [given[once.number - 1], reopened[once.number - 1]];
      if (answeredSeq === undefined || once.answeredAt > moment.asOf) return [];
      const isTakenBack = takenBackSeq !== undefined && once.takenBackAt <= moment.asOf;
      return [
        {
          ...{ status: once.answer, by: once.answeredBy, at: once.answeredAt, tool: once.answerTool },
          ...{ reason: once.answerReason, soleDecider: once.soleDecider, seq: answeredSeq },
          takenBack: isTakenBack
            ? { by: once.takenBackBy, at: once.takenBackAt, reason: once.reason, seq: takenBackSeq }
            : null,
        },
      ];
    });
    const standing = then.some(({ takenBack }) => takenBack === null) ? [] : [closedThen(row, given, moment)];
    return [...then, ...standing].map(cellsOf);
  });
  return packTable(REQUEST_COLUMNS, cells);
}

type AnswerThen = {
  readonly status: string;
  readonly by: string | null;
  readonly at: Date;
  readonly tool: { readonly product: string; readonly surface: string } | null;
  readonly reason: string;
  readonly soleDecider: boolean;
  readonly seq: number;
  readonly takenBack: { readonly by: string; readonly at: Date; readonly reason: string; readonly seq: number } | null;
};

type ClosedRow = {
  readonly id: string;
  readonly status: string;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly answerReason: string | null;
  readonly answerTool: AnswerThen["tool"];
  readonly soleDecider: boolean;
  readonly takenBack: readonly unknown[];
};

/** The answer that stands today, or the withdrawal, as far as it was there by the moment. */
function closedThen(row: ClosedRow, given: readonly number[], moment: PackMoment): AnswerThen | null {
  const isWithdrawn = row.status === "withdrawn";
  const seq = isWithdrawn ? moment.seqOf(row.id, "tool_request.withdrawn") : given[row.takenBack.length];
  if (row.answeredAt === null || row.answeredAt > moment.asOf || seq === undefined || seq === null) return null;
  return {
    ...{ status: row.status, by: row.answeredBy, at: row.answeredAt, tool: row.answerTool },
    ...{ reason: row.answerReason ?? "", soleDecider: row.soleDecider, seq, takenBack: null },
  };
}

function takenBackCells(answer: AnswerThen | null, moment: PackMoment): Cell[] {
  if (answer === null || answer.takenBack === null) return [null, null, null, null];
  const { by, at, reason, seq } = answer.takenBack;
  return [moment.nameOf(by), at.toISOString(), reason, seq];
}
