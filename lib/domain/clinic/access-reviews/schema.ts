import { z } from "zod";
import { Signing } from "#lib/domain/attestations/schema.ts";
import type { WorkforceType } from "#lib/domain/clinic/people/schema.ts";
import type { Office } from "#lib/domain/clinic/settings/schema.ts";
import { ROLES, type Role } from "#lib/domain/context.ts";
import { optionalParagraph, paragraph, searchLine } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// A review freezes who has access on a day. Open, each person on it gets a decision, which changes until somebody signs
// them all or gives the review up with a reason; signed or abandoned, nothing of it changes any more. A decision acts on
// nobody: who carries it out does so on the person's own pages, and the review shows since when.

export const REVIEW_STATUSES = ["open", "signed", "abandoned"] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

export const VERDICTS = ["keep", "change", "end"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Whether somebody signs in with more than a password, where the clinic's rules ask them to. */
export const SECOND_FACTORS = ["yes", "no", "not_required"] as const;
export type SecondFactor = (typeof SECOND_FACTORS)[number];

/** HIPAA names no interval: how often is the clinic's own rule. */
export const REVIEW_MONTHS_MIN = 1;
export const REVIEW_MONTHS_MAX = 12;
/** The next review is said this long in advance. */
export const REVIEW_DUE_SOON_DAYS = 7;
/** Nobody signed in for longer than this is worth a second look. */
export const QUIET_DAYS = 90;
export const VERDICTS_AT_ONCE = 200;

export const SetReviewInterval = z.object({
  /** A word from a form, or the number itself. */
  months: z.coerce
    .number({ error: "review_months" })
    .int({ error: "review_months" })
    .min(REVIEW_MONTHS_MIN, { error: "review_months" })
    .max(REVIEW_MONTHS_MAX, { error: "review_months" }),
});

export const OneReview = z.object({ reviewId: z.uuid() });

const verdict = {
  memberId: z.uuid(),
  /** The version of the row that the person looked at. */
  version: z.coerce.number().int().positive(),
  verdict: z.enum(VERDICTS, { error: "choose_verdict" }),
  changeTo: optionalParagraph(500),
  note: optionalParagraph(500),
};

export const JudgeAccess = z.object({
  reviewId: z.uuid(),
  rows: z.array(z.object(verdict)).max(VERDICTS_AT_ONCE),
});

export const KeepRest = z.object({
  reviewId: z.uuid(),
  /** How many they are, typed by who keeps them all. */
  count: z.coerce.number({ error: "rest_count" }).int({ error: "rest_count" }).positive({ error: "rest_count" }),
});

export const AbandonReview = z.object({ reviewId: z.uuid(), reason: paragraph(1000) });

/** The text is composed in English, which OCR reads. */
export const SignReview = Signing.extend({ reviewId: z.uuid(), locale: z.literal("en") });

export const REVIEW_PAGE_SIZES = [25, 50, 100] as const;
export const REVIEW_SORTS = ["number", "frozen", "closed", "people"] as const;

const paged = {
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(REVIEW_PAGE_SIZES).default(25),
};

export const ReviewsRows = z.object({
  status: z.array(z.enum(REVIEW_STATUSES)).default([]),
  sort: z.enum(REVIEW_SORTS).default("number"),
  direction: z.enum(["asc", "desc"]).default("desc"),
});
export const ReviewsPage = ReviewsRows.extend(paged);

export const ROW_SORTS = ["verdict", "name", "role", "signIn"] as const;
export const VERDICT_FILTER = ["undecided", ...VERDICTS] as const;
export const SIGN_IN_FILTER = ["never", "quiet"] as const;

export const ReviewRows = OneReview.extend({
  q: searchLine(200),
  verdict: z.array(z.enum(VERDICT_FILTER)).default([]),
  role: z.array(z.enum(ROLES)).default([]),
  factor: z.array(z.enum(SECOND_FACTORS)).default([]),
  signIn: z.array(z.enum(SIGN_IN_FILTER)).default([]),
  sort: z.enum(ROW_SORTS).default("verdict"),
  direction: z.enum(["asc", "desc"]).default("asc"),
});
export const ReviewPage = ReviewRows.extend(paged);

/** A review without its list. */
export type ReviewShown = {
  readonly id: string;
  readonly number: number;
  readonly status: ReviewStatus;
  readonly people: number;
  readonly undecided: number;
  readonly frozenOn: CalendarDate;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly closedBy: string;
  readonly closedAt: Date | null;
  readonly abandonReason: string;
  readonly soleReviewer: boolean;
  readonly listSha256: string;
  readonly signature: {
    readonly attestationId: string;
    readonly textSha256: string;
    readonly typedName: string;
    readonly statement: string;
  } | null;
};

/** What was frozen of one person. */
export type FrozenAccess = {
  readonly memberId: string;
  readonly position: number;
  readonly name: string;
  readonly jobTitle: string;
  readonly role: Role;
  readonly workforceType: WorkforceType;
  readonly location: string;
  readonly startedOn: CalendarDate;
  readonly endedOn: CalendarDate | null;
  readonly lastSignInOn: CalendarDate | null;
  readonly secondFactor: SecondFactor;
  readonly offices: readonly Office[];
};

/** What was decided about it. */
export type Decided = {
  readonly verdict: Verdict | null;
  readonly changeTo: string;
  readonly note: string;
  readonly decidedBy: string;
  readonly decidedAt: Date | null;
  readonly withRest: boolean;
  readonly soleReviewer: boolean;
};

/** Whether what was decided has been done: an end that is planned needs nobody any more, and is not over yet. */
export type CarriedOut =
  | { readonly state: "open" }
  | { readonly state: "planned"; readonly on: CalendarDate }
  | { readonly state: "done"; readonly on: CalendarDate };

/** What is different today from what was frozen. */
export const CHANGED_FACTS = ["role", "jobTitle", "workforceType", "location", "endedOn"] as const;
export type ChangedFact = { readonly fact: (typeof CHANGED_FACTS)[number]; readonly now: string };

export type ReviewRowShown = FrozenAccess &
  Decided & {
    readonly version: number;
    readonly daysSinceSignIn: number | null;
    readonly carriedOut: CarriedOut | null;
    readonly changed: readonly ChangedFact[];
    /** Whether their role is above the reader's today: the reader decides, and an owner carries it out. */
    readonly above: boolean;
    /** Whether they are the last owner whom the decisions of this review leave: to be kept, or another is made first. */
    readonly lastOwner: boolean;
    /** Whether it is the reader's own access, which another officer decides on. */
    readonly forAnother: boolean;
  };

/** Where the reader's own access stands on a review. */
export type OwnAccess = {
  /** Whether they decide on it too, because nobody else could. */
  readonly sole: boolean;
  /** Who else can decide on it, by name. */
  readonly reviewers: readonly string[];
  /** Whether theirs is the only access that nobody has decided on. */
  readonly isAllThatWaits: boolean;
};

/** When the clinic is to look at everybody's access again, and the review that is under way. */
export type ReviewDue = {
  readonly dueOn: CalendarDate;
  readonly months: number;
  readonly lastSignedOn: CalendarDate | null;
  readonly open: { readonly reviewId: string; readonly undecided: number } | null;
};

/** A decision of the newest signed review that nobody has carried out yet. */
export type OpenVerdict = {
  readonly reviewId: string;
  readonly memberId: string;
  readonly name: string;
  readonly verdict: "change" | "end";
  readonly signedOn: CalendarDate;
};
