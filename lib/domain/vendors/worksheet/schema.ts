import { z } from "zod";
import { Citation, ContentKey, sourced } from "#lib/domain/sourced.ts";

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
