import {
  type Answer,
  REVERIFY_SOON_DAYS,
  REVERIFY_YEARS_MAX,
  WORKSHEET_BYTES_MAX,
} from "#lib/domain/vendors/worksheet/schema.ts";
import { addDays, type CalendarDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

type Question = { readonly key: string; readonly text: string };
type Answered = { readonly question: string; readonly answer: Answer | null; readonly note: string };

/**
 * Every question with its answer, in the worksheet's order: what was answered now, else what was kept. Refuses answers to
 * questions that it doesn't ask.
 */
export function answersTo(
  questions: readonly Question[],
  kept: readonly Answered[],
  now: readonly Answered[],
): Array<Question & Answered> {
  const asked = new Set(questions.map(({ key }) => key));
  if (now.some(({ question }) => !asked.has(question))) throw refuse("due_diligence.questions_changed");
  const given = new Map([...kept, ...now].map((answer) => [answer.question, answer]));
  return questions.map((question) => {
    const { answer = null, note = "" } = given.get(question.key) ?? {};
    return { ...question, question: question.key, answer, note };
  });
}

/** Whether somebody has answered: chosen one of the answers. */
export function countAnswered(answers: ReadonlyArray<{ readonly answer: Answer | null }>): number {
  return answers.filter(({ answer }) => answer !== null).length;
}

/** Refuses answers that are too long together, measured as they will be hashed. */
export function assertFits(bytes: number): void {
  if (bytes <= WORKSHEET_BYTES_MAX) return;
  const kilobytes = { size: Math.ceil(bytes / 1024), max: WORKSHEET_BYTES_MAX / 1024 };
  throw refuse("due_diligence.too_long", kilobytes);
}

type Proved = Answered & { readonly files: number };

/** What a question still lacks: an answer, or words or a file for one that is known. */
export function lackOf({ answer, note, files }: Omit<Proved, "question">): "answer" | "words" | null {
  if (answer === null) return "answer";
  return answer !== "unknown" && note === "" && files === 0 ? "words" : null;
}

/** Refuses to complete a worksheet in which a question is open, or without a day by which it is done again. */
export function assertComplete(
  { answers, reverifyOn }: { readonly answers: readonly Proved[]; readonly reverifyOn: CalendarDate },
  today: CalendarDate,
): void {
  assertReverify(reverifyOn, today);
  const open = answers.filter((answer) => lackOf(answer) !== null).length;
  if (open > 0) throw refuse("due_diligence.questions_open", { count: open });
}

function assertReverify(reverifyOn: CalendarDate, today: CalendarDate): void {
  if (reverifyOn <= today) throw refuse("due_diligence.reverify_not_in_future", {}, "reverifyOn");
  if (reverifyOn > addDays(today, REVERIFY_YEARS_MAX * 365)) {
    throw refuse("due_diligence.reverify_too_far", { years: REVERIFY_YEARS_MAX }, "reverifyOn");
  }
}

/** Whether a completed worksheet is past the day by which it was to be done again. */
export function isPastReverification(reverifyOn: CalendarDate | null, today: CalendarDate): boolean {
  return reverifyOn !== null && reverifyOn < today;
}

/** The last re-verification date that is worth saying on a day. */
export function reverificationHorizon(today: CalendarDate): CalendarDate {
  return addDays(today, REVERIFY_SOON_DAYS);
}
