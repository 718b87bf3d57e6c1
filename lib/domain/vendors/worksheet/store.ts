import "server-only";
import { withNames } from "#lib/domain/clinic/store.ts";
import type { Locale } from "#lib/domain/context.ts";
import type { FileNamed } from "#lib/domain/vendors/paths/schema.ts";
import { countAnswered, reverificationHorizon } from "#lib/domain/vendors/worksheet/rules.ts";
import {
  type AnswerShown,
  type DiligenceShown,
  KeptAnswers,
  type WorksheetDue,
  type WorksheetListed,
  type WorksheetQuestion,
  WorksheetQuestions,
  type WorksheetShown,
  type WorksheetStatus,
} from "#lib/domain/vendors/worksheet/schema.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { readContent } from "#lib/platform/content/read-content.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";

let questions: readonly WorksheetQuestion[] | undefined;

/** The questions of the vendor worksheet in their order; read once a process. */
export function listWorksheetQuestions(): readonly WorksheetQuestion[] {
  questions ??= readContent("due-diligence", WorksheetQuestions).flatMap(({ value }) => value.questions);
  return questions;
}

/** The questions as a person is asked them. */
export function questionsIn(locale: Locale): Array<{ key: string; text: string }> {
  return listWorksheetQuestions().map(({ key, question }) => ({ key, text: question[locale] }));
}

/** The newest completed worksheet of a tool, as a decision that rests on it names it; null where there is none. */
export async function newestWorksheetOf(
  tx: ClinicTx,
  toolId: string,
): Promise<{ id: string; number: number; answersSha256: string } | null> {
  const worksheet = await tx.dueDiligence.findFirst({
    where: { toolId, status: "complete" },
    orderBy: { number: "desc" },
    select: { id: true, number: true, answers: true },
  });
  if (worksheet === null) return null;
  const { id, number, answers } = worksheet;
  return { id, number, answersSha256: answersSha256(answers) };
}

/** SHA-256 of the canonical JSON of what is kept of the answers. */
export function answersSha256(answers: unknown): string {
  return bodySha256(bodyText(answers));
}

const FILE_NAMED = { select: { id: true, name: true, sha256: true } } as const;

export async function requireWorksheet(tx: ClinicTx, id: string) {
  const row = await tx.dueDiligence.findFirst({
    where: { id },
    include: { documents: { include: { file: FILE_NAMED }, orderBy: [{ attachedAt: "asc" }, { fileId: "asc" }] } },
  });
  if (row === null) throw new NotFound();
  return { ...row, status: row.status as WorksheetStatus, answers: KeptAnswers.parse(row.answers) };
}

export type StoredWorksheet = Awaited<ReturnType<typeof requireWorksheet>>;

/** Files of a worksheet by question. */
export function filesByQuestion(worksheet: Pick<StoredWorksheet, "documents">): Map<string, FileNamed[]> {
  const byQuestion = Map.groupBy(worksheet.documents, (document) => document.question);
  return new Map([...byQuestion].map(([question, documents]) => [question, documents.map(({ file }) => file)]));
}

/** The completed worksheet that came before this one. */
export async function completedBefore(tx: ClinicTx, { toolId, number }: { toolId: string; number: number }) {
  const row = await tx.dueDiligence.findFirst({
    where: { toolId, status: "complete", number: { lt: number } },
    orderBy: { number: "desc" },
    select: { id: true, number: true, completedAt: true, answers: true },
  });
  return row === null ? null : { ...row, answers: KeptAnswers.parse(row.answers) };
}

/**
 * A worksheet as a page shows it. A draft is asked in the reader's language and by the questions of today, a completed
 * one says what was asked then.
 */
export function worksheetShown(
  row: StoredWorksheet,
  { nameOf, locale, before }: { nameOf: (id: string) => string; locale: Locale; before: KeptAnswers | null },
): WorksheetShown {
  const files = filesByQuestion(row);
  const kept = new Map(row.answers.asked.map((answer) => [answer.question, answer]));
  const earlier = new Map(before?.asked.map((answer) => [answer.question, answer]));
  const asked =
    row.status === "complete"
      ? row.answers.asked.map(({ question, text }) => ({ key: question, text }))
      : questionsIn(locale);
  const answers = asked.map(({ key, text }): AnswerShown => {
    const { answer = null, note = "" } = kept.get(key) ?? {};
    const last = earlier.get(key);
    return {
      ...{ question: key, text, answer, note, files: files.get(key) ?? [] },
      last: last === undefined ? null : { answer: last.answer, note: last.note },
    };
  });
  const { id, number, status, version, conclusion, startedAt, completedAt, recordedAt } = row;
  return {
    ...{ id, number, status, version, answers, conclusion, startedAt, completedAt, recordedAt },
    reverifyOn: row.reverifyOn === null ? null : fromDatabaseDate(row.reverifyOn),
    startedBy: nameOf(row.startedBy),
    completedBy: row.completedBy === null ? null : nameOf(row.completedBy),
    answersSha256: answersSha256(row.answers),
  };
}

/** How many worksheets of one tool a page lists. */
const LISTED_MAX = 50;

/** The worksheets of a tool without their answers, newest first. */
export async function listWorksheetsOf(tx: ClinicTx, toolId: string): Promise<WorksheetListed[]> {
  const rows = await tx.dueDiligence.findMany({
    where: { toolId },
    orderBy: { number: "desc" },
    take: LISTED_MAX,
    omit: { answers: true },
  });
  return withNames(tx, (nameOf) =>
    rows.map((row) => {
      const { id, number, startedAt, completedAt } = row;
      return {
        ...{ id, number, startedAt, completedAt, status: row.status as WorksheetStatus },
        reverifyOn: row.reverifyOn === null ? null : fromDatabaseDate(row.reverifyOn),
        startedBy: nameOf(row.startedBy),
        completedBy: row.completedBy === null ? null : nameOf(row.completedBy),
      };
    }),
  );
}

/** What a tool's page says of its worksheets: the newest completed one, and the draft that somebody works on. */
export async function diligenceOf(tx: ClinicTx, toolId: string): Promise<DiligenceShown> {
  const worksheets = await listWorksheetsOf(tx, toolId);
  const draft = worksheets.find(({ status }) => status === "draft") ?? null;
  return {
    newest: worksheets.find(({ status }) => status === "complete") ?? null,
    draft: draft === null ? null : { ...draft, answered: await countAnsweredOf(tx, draft.id) },
    asked: listWorksheetQuestions().length,
  };
}

async function countAnsweredOf(tx: ClinicTx, worksheetId: string): Promise<number> {
  const row = await tx.dueDiligence.findFirst({ where: { id: worksheetId }, select: { answers: true } });
  return row === null ? 0 : countAnswered(KeptAnswers.parse(row.answers).asked);
}

// What is no longer used, or may not be, is not verified again.
const STILL_OF_USE = ["approved_for_phi", "not_for_phi", "needs_review"];

/** Tools whose newest completed worksheet is past its re-verification date or soon will be, most overdue first. */
export async function listWorksheetsDue(tx: ClinicTx, today: CalendarDate): Promise<WorksheetDue[]> {
  const due = await tx.dueDiligence.findMany({
    where: {
      status: "complete",
      reverifyOn: { lte: toDatabaseDate(reverificationHorizon(today)) },
      tool: { status: { in: STILL_OF_USE } },
    },
    select: {
      id: true,
      toolId: true,
      number: true,
      reverifyOn: true,
      tool: { select: { product: true, surface: true } },
    },
    orderBy: [{ reverifyOn: "asc" }, { id: "asc" }],
    take: 1000,
  });
  const newest = await tx.dueDiligence.groupBy({
    by: ["toolId"],
    where: { status: "complete", toolId: { in: due.map(({ toolId }) => toolId) } },
    _max: { number: true },
  });
  const newestNumber = new Map(newest.map(({ toolId, _max }) => [toolId, _max.number]));
  return due.flatMap(({ id, toolId, number, reverifyOn, tool }) =>
    reverifyOn === null || newestNumber.get(toolId) !== number
      ? []
      : [{ toolId, ...tool, worksheetId: id, reverifyOn: fromDatabaseDate(reverifyOn) }],
  );
}
