import { z } from "zod";
import { type FileShown, FileUpload } from "#lib/domain/files/schema.ts";
import { line, lines, optionalLine, optionalParagraph, paragraph } from "#lib/domain/text.ts";
import {
  type BaaKind,
  type BaaState,
  type BusinessAssociate,
  type Coverage,
  SIGNATURES,
  type Signature,
  type ToolNamed,
} from "#lib/domain/vendors/schema.ts";
import type { BaaTerm } from "#lib/domain/vendors/terms/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// A BAA is recorded once and then versions. Officers record, renew, amend, correct and end it; nothing is ever written
// over, so that what was in force on any day can be shown. What it is worth on a day: vendors/rules.ts.

/** Whether an agreement ends on a day or goes on until somebody ends it. Asked, because an empty date says neither. */
export const BAA_ENDS = ["on", "never"] as const;

export const NOTICE_DAYS_MAX = 3650;

const day = z.iso.date({ error: "date_not_understood" });
const optionalDay = z
  .union([z.literal("").transform(() => null), day, z.null()], { error: "date_not_understood" })
  .default(null);

const version = z.coerce.number().int().positive();

const agreement = {
  ourParty: line(200),
  theirParty: line(200),
  agreedOn: day,
  effectiveOn: day,
  ends: z.enum(BAA_ENDS, { error: "choose_end" }),
  expiresOn: optionalDay,
  noticeDays: z
    .union([z.literal("").transform(() => null), z.null(), z.coerce.number().int().min(0).max(NOTICE_DAYS_MAX)], {
      error: "notice_days",
    })
    .default(null),
  services: lines({ max: 50, each: 200 }),
  /** Ids of the tools that it names, all of this vendor. */
  surfaces: z
    .array(z.uuid())
    .max(500)
    .default([])
    .transform((ids) => [...new Set(ids)]),
  signature: z.enum(SIGNATURES, { error: "choose_signature" }),
  note: optionalParagraph(2000),
  file: FileUpload.nullable().default(null),
};

type Ending = { readonly ends: (typeof BAA_ENDS)[number]; readonly expiresOn: CalendarDate | null };

function askEnd({ ends, expiresOn }: Ending, ctx: z.RefinementCtx): void {
  if (ends === "on" && expiresOn === null)
    ctx.addIssue({ code: "custom", message: "date_not_understood", path: ["expiresOn"] });
}

// A form holds a date before it knows the answer; what never ends has none.
function withoutEnd<T extends Ending>({ ends, ...typed }: T) {
  return { ...typed, expiresOn: ends === "on" ? typed.expiresOn : null };
}

export const RecordBaa = z
  .object({ vendorId: z.uuid(), reference: line(160), ...agreement })
  .superRefine(askEnd)
  .transform(withoutEnd);

/** `version`: how often the agreement had changed when the person looked at it. */
const later = { baaId: z.uuid(), version, ...agreement };

export const AddBaaVersion = z
  .object({
    kind: z.enum(["amendment", "renewal", "correction"]),
    ...later,
    /** The number of the version that a correction takes the place of; of no meaning else. */
    corrects: z.union([z.literal("").transform(() => null), z.null(), version]).default(null),
  })
  .superRefine(askEnd)
  .superRefine(({ kind, note }, ctx) => {
    if (kind === "correction" && note === "") ctx.addIssue({ code: "custom", message: "required", path: ["note"] });
  })
  .transform(withoutEnd);

export const AttachBaaDocument = z.object({
  versionId: z.uuid(),
  file: FileUpload.nullable()
    .default(null)
    .transform((file, ctx) => {
      if (file !== null) return file;
      ctx.addIssue({ code: "custom", message: "file_needed" });
      return z.NEVER;
    }),
});

export const TerminateBaa = z.object({ baaId: z.uuid(), version, lastDay: day, reason: paragraph(2000) });

export const WithdrawBaaTermination = z.object({ terminationId: z.uuid(), reason: paragraph(2000) });

/** In the order of the checklist: what every BAA must contain, then what we advise for AI services. */
export const TERM_GROUPS = ["contract", "security", "ai"] as const satisfies ReadonlyArray<BaaTerm["group"]>;

export const TERM_ANSWERS = ["met", "not_met", "not_applicable"] as const;
export type TermAnswer = (typeof TERM_ANSWERS)[number];

// Short enough that a check of all terms, in whatever letters, stays below what the ledger hashes: 21 × 1.6 kB.
export const CLAUSE_LENGTH_MAX = 60;
export const TERM_NOTE_LENGTH_MAX = 300;

const TermAnswered = z
  .object({
    term: z.string().regex(/^[a-z0-9-]{1,60}$/),
    answer: z.enum(TERM_ANSWERS, { error: "choose_term_answer" }),
    clause: optionalLine(CLAUSE_LENGTH_MAX),
    note: optionalLine(TERM_NOTE_LENGTH_MAX),
  })
  .superRefine(({ answer, clause, note }, ctx) => {
    if (answer === "met" && clause === "") ctx.addIssue({ code: "custom", message: "clause_needed", path: ["clause"] });
    if (answer === "not_applicable" && note === "")
      ctx.addIssue({ code: "custom", message: "why_not_applicable", path: ["note"] });
  });
export type TermAnswered = z.output<typeof TermAnswered>;

export const CheckBaaTerms = z.object({
  versionId: z.uuid(),
  /** The number of the newest check of this version that the person saw; 0 where there was none. */
  newest: z.coerce.number().int().min(0),
  answers: z.array(TermAnswered).max(60),
});

/** What is kept of a check, as read back from the database's JSON. The salt keeps its hash in the ledger from being guessed. */
export const BaaCheckAnswers = z.object({
  salt: z.string(),
  answers: z.array(z.object({ term: z.string(), answer: z.enum(TERM_ANSWERS), clause: z.string(), note: z.string() })),
});

export type DocumentShown = FileShown & { readonly attachedBy: string };

export type BaaCheckShown = {
  readonly number: number;
  /** Of which version of the BAA. */
  readonly version: number;
  readonly counts: Readonly<Record<TermAnswer, number>>;
  /** Keys of terms that a rule requires and this check did not find met. */
  readonly requiredNotMet: readonly string[];
  readonly answers: readonly TermAnswered[];
  readonly checkedBy: string;
  readonly checkedAt: Date;
  readonly recordedAt: Date;
};

export type BaaVersionShown = {
  readonly id: string;
  readonly number: number;
  readonly kind: BaaKind;
  readonly corrects: number | null;
  readonly correctedBy: number | null;
  readonly ourParty: string;
  readonly theirParty: string;
  readonly agreedOn: CalendarDate;
  readonly effectiveOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  readonly noticeDays: number | null;
  readonly services: readonly string[];
  readonly surfaces: readonly ToolNamed[];
  readonly signature: Signature;
  readonly note: string;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly recordedAt: Date;
  readonly documents: readonly DocumentShown[];
};

export type BaaTerminationShown = {
  readonly id: string;
  readonly lastDay: CalendarDate;
  readonly reason: string;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly recordedAt: Date;
  readonly withdrawn: { readonly by: string; readonly at: Date; readonly reason: string } | null;
};

/** A BAA as a page shows it on a day. */
export type BaaShown = {
  readonly id: string;
  readonly vendorId: string;
  readonly reference: string;
  /** Counts its changes: versions, ends, and ends taken back. */
  readonly version: number;
  readonly state: BaaState;
  /** The number of the version that governs, or that will while none does yet. */
  readonly governing: number;
  /** The last day in force as far as is known; null where there is none, or it is not in force. */
  readonly until: CalendarDate | null;
  /** Newest first. */
  readonly versions: readonly BaaVersionShown[];
  /** The one that stands, then those that were withdrawn, newest first. */
  readonly terminations: readonly BaaTerminationShown[];
  /** Newest version and newest check first. */
  readonly checks: readonly BaaCheckShown[];
  readonly createdAt: Date;
};

export type VendorShown = {
  readonly id: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly website: string;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly businessAssociate: BusinessAssociate;
  readonly businessAssociateReason: string;
  readonly notes: string;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly recordedAt: Date;
  readonly version: number;
};

/** What somebody determined of a vendor, and when. */
export type DescriptionShown = {
  readonly number: number;
  readonly businessAssociate: BusinessAssociate;
  readonly businessAssociateReason: string;
  readonly describedBy: string;
  readonly describedAt: Date;
  readonly recordedAt: Date;
};

/** A tool of a vendor with what covers it today. */
export type VendorTool = ToolNamed & { readonly status: string; readonly coverage: Coverage };

/** A term with the answers to it that a form starts from: the clause and note of last time, never the answer. */
export type TermToCheck = BaaTerm & { readonly mayNotApply: boolean; readonly clause: string; readonly note: string };
