import { z } from "zod";
import { FileUpload } from "#lib/domain/files/schema.ts";
import { Citation, ContentKey, sourced } from "#lib/domain/sourced.ts";
import { optionalParagraph, paragraph } from "#lib/domain/text.ts";
import type { FileNamed } from "#lib/domain/vendors/paths/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// What a clinic asks a vendor before it trusts a tool with anything. A person weighs the answers; nothing is scored.

export const WORKSHEET_GROUPS = [
  "scope",
  "path",
  "data_use",
  "retention",
  "place",
  "access",
  "audit",
  "change",
  "incident",
  "exit",
  "assurance",
  "care",
] as const;
export type WorksheetGroup = (typeof WORKSHEET_GROUPS)[number];

const WorksheetQuestionEntry = z.strictObject({
  key: ContentKey,
  group: z.enum(WORKSHEET_GROUPS),
  question: z.strictObject({ en: z.string().min(1).max(240), es: z.string().min(1).max(280) }),
  why: z.string().min(1).max(300),
  goodAnswer: z.string().min(1).max(300),
  redFlag: z.string().min(1).max(300),
  /** The paper to attach; null where the answer itself is enough. */
  evidence: z.string().min(1).max(200).nullable(),
  /** Rules that the question serves; none where it is good practice only. */
  citations: z.array(Citation),
  ...sourced,
});

/** A file of `content/due-diligence/`. */
export const WorksheetQuestions = z.strictObject({ questions: z.array(WorksheetQuestionEntry).min(1) });

export type WorksheetQuestion = z.output<typeof WorksheetQuestionEntry>;

// A worksheet is a draft until somebody completes it, and never changes afterwards. A tool has one draft at a time; a new
// one starts from the notes of the last, never from its answers. A decision keeps the newest completed one, by the hash of its answers.

export const WORKSHEET_STATUSES = ["draft", "complete"] as const;
export type WorksheetStatus = (typeof WORKSHEET_STATUSES)[number];

/** What the clinic makes of a vendor's answer. Not known is an answer too, and says so for ever. */
export const ANSWERS = ["good", "concern", "not_applicable", "unknown"] as const;
export type Answer = (typeof ANSWERS)[number];

export const NOTE_LENGTH_MAX = 1000;
export const CONCLUSION_LENGTH_MAX = 4000;
/** What all answers may hold together as canonical JSON; a hash of it goes into the ledger and into decisions. */
export const WORKSHEET_BYTES_MAX = 48 * 1024;
export const FILES_PER_QUESTION_MAX = 5;
export const REVERIFY_YEARS_MAX = 3;
/** A re-verification date this near is said in advance. */
export const REVERIFY_SOON_DAYS = 30;

/** How the database keeps the answers: with the question as it was asked, and the files as they were. */
export const KeptAnswers = z.object({
  /** The hash stands in the ledger for ever; without a salt a short answer could be guessed back from it. */
  salt: z.string(),
  asked: z.array(
    z.object({
      question: z.string(),
      text: z.string(),
      answer: z.enum(ANSWERS).nullable(),
      note: z.string(),
      /** SHA-256 of each file; filled in when the worksheet is completed. */
      files: z.array(z.string()),
    }),
  ),
});
export type KeptAnswers = z.output<typeof KeptAnswers>;

export const StartWorksheet = z.object({ toolId: z.uuid() });

const day = z.iso.date({ error: "date_not_understood" });
const optionalDay = z.union([z.literal("").transform(() => null), day, z.null()], { error: "date_not_understood" });

const draft = {
  worksheetId: z.uuid(),
  /** The version of the draft that the writer looked at. */
  version: z.coerce.number().int().positive(),
};

/** Some of the answers, or what the worksheet comes to; what is left out stays as it is. */
export const SaveWorksheet = z.object({
  ...draft,
  answers: z
    .array(
      z.object({
        question: ContentKey,
        answer: z
          .union([z.literal("").transform(() => null), z.enum(ANSWERS), z.null()], { error: "not_a_choice" })
          .default(null),
        note: optionalParagraph(NOTE_LENGTH_MAX),
      }),
    )
    .max(200)
    .default([]),
  // Not `optional()`: it would let the empty text in for what was left out.
  conclusion: z.union([z.undefined(), optionalParagraph(CONCLUSION_LENGTH_MAX)]),
  reverifyOn: optionalDay.optional(),
});

export const CompleteWorksheet = z.object({
  ...draft,
  conclusion: paragraph(CONCLUSION_LENGTH_MAX),
  reverifyOn: z.iso.date({ error: "choose_reverify" }),
});

export const AttachWorksheetFile = FileUpload.extend({
  worksheetId: z.uuid(),
  question: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: "choose_question" }),
});

/** A question of a worksheet with what was answered, as a page shows it. */
export type AnswerShown = {
  readonly question: string;
  readonly text: string;
  readonly answer: Answer | null;
  readonly note: string;
  readonly files: readonly FileNamed[];
  /** What the worksheet before it says; null where there is none, or it wasn't asked. */
  readonly last: { readonly answer: Answer | null; readonly note: string } | null;
};

export type WorksheetShown = {
  readonly id: string;
  readonly number: number;
  readonly status: WorksheetStatus;
  readonly version: number;
  readonly answers: readonly AnswerShown[];
  readonly conclusion: string;
  readonly reverifyOn: CalendarDate | null;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly completedBy: string | null;
  readonly completedAt: Date | null;
  readonly recordedAt: Date;
  /** Of the answers as the ledger and decisions name them; of a draft, as last saved. */
  readonly answersSha256: string;
};

/** A worksheet as lists show it. */
export type WorksheetListed = Pick<
  WorksheetShown,
  "id" | "number" | "status" | "reverifyOn" | "startedBy" | "startedAt" | "completedBy" | "completedAt"
>;

/** What a tool's page says of its worksheets. */
export type DiligenceShown = {
  readonly newest: WorksheetListed | null;
  readonly draft: (WorksheetListed & { readonly answered: number }) | null;
  /** How many questions a worksheet asks. */
  readonly asked: number;
};

/** A worksheet that is to be done again, as Today names it. */
export type WorksheetDue = {
  readonly toolId: string;
  readonly product: string;
  readonly surface: string;
  readonly worksheetId: string;
  readonly reverifyOn: CalendarDate;
};
