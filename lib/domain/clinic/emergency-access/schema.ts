import { z } from "zod";
import { ConfirmHolder } from "#lib/domain/clinic/access/schema.ts";
import { WorkingDay } from "#lib/domain/clinic/schema.ts";
import { line, optionalLine, optionalParagraph, paragraph, searchLine } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// Emergency access (45 CFR 164.312(a)(2)(ii)): the owner names who may open it. A use is open until its time is over, or
// until the person or an officer ends it; then it waits for a review, and is overdue once the days for that have passed.
// A drill is a use like any other, marked as one. Nothing of this is ever deleted or rewritten.

export const EMERGENCY_KINDS = ["emergency", "drill"] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/** Where a use stands. `to_review` and `overdue` are derived from the day it ended and the days for its review. */
export const USE_STATES = ["open", "to_review", "overdue", "reviewed"] as const;
export type UseState = (typeof USE_STATES)[number];

/** Where the naming of a person stands today. It has lapsed when they have left, or have a role that may not open it. */
export const NAMING_STATES = ["in_force", "not_started", "over", "ended", "lapsed"] as const;
export type NamingState = (typeof NAMING_STATES)[number];

export const EMERGENCY_MINUTES_MIN = 15;
export const EMERGENCY_MINUTES_MAX = 480;
export const REVIEW_DAYS_MAX = 30;
export const REASON_LENGTH_MIN = 20;

/** As long as the owner has set nothing. */
export const DEFAULT_RULE = { number: 0, minutesMax: 60, reviewDays: 3 } as const;
export type EmergencyRule = { readonly number: number; readonly minutesMax: number; readonly reviewDays: number };

const minutes = z.coerce
  .number({ error: "emergency_minutes" })
  .int({ error: "emergency_minutes" })
  .min(EMERGENCY_MINUTES_MIN, { error: "emergency_minutes" })
  .max(EMERGENCY_MINUTES_MAX, { error: "emergency_minutes" });

export const SetEmergencyRule = z.object({
  /** The rule that the page showed: 0 where none was set. */
  number: z.coerce.number().int().nonnegative(),
  minutesMax: minutes,
  reviewDays: z.coerce
    .number({ error: "review_days" })
    .int({ error: "review_days" })
    .min(1, { error: "review_days" })
    .max(REVIEW_DAYS_MAX, { error: "review_days" }),
});

export const NameEmergencyPerson = z
  .object({
    memberId: z.uuid({ error: "choose_person" }),
    fromOn: WorkingDay,
    /** The last day; empty, as a form sends a date that nobody chose, for none. */
    toOn: z
      .union([z.literal("").transform(() => null), z.null(), WorkingDay])
      .default(null)
      .pipe(z.string().nullable()),
    reason: paragraph(1000),
  })
  .superRefine(({ fromOn, toOn }, ctx) => {
    if (toOn !== null && toOn < fromOn) ctx.addIssue({ code: "custom", message: "end_before_start", path: ["toOn"] });
  });

export const EndEmergencyPerson = z.object({ personId: z.uuid(), reason: paragraph(1000) });

export const OpenEmergencyAccess = z.object({
  kind: z.enum(EMERGENCY_KINDS, { error: "choose_emergency_kind" }),
  reason: paragraph(2000).refine((text) => [...text].length >= REASON_LENGTH_MIN, { error: "emergency_reason_short" }),
  minutes,
  /** Ticked: that every officer is told at once, and that one of them reviews it. */
  understood: z.literal("yes", { error: "tick_understood" }),
});

/** The form: what is opened, and what shows that its holder sits there. */
export const ConfirmedOpening = OpenEmergencyAccess.extend({
  currentPassword: ConfirmHolder.shape.currentPassword,
  /** Empty where the person has no app. */
  code: optionalLine(40),
});

export const OneEmergencyUse = z.object({ useId: z.uuid() });

export const ReviewEmergencyAccess = z
  .object({
    useId: z.uuid(),
    justified: z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")], {
      error: "choose_justified",
    }),
    done: paragraph(4000),
    /** Needed of a use that was not justified. */
    followUp: optionalParagraph(4000),
    typedName: line(200),
  })
  .superRefine(({ justified, followUp }, ctx) => {
    if (!justified && followUp === "") ctx.addIssue({ code: "custom", message: "what_follows", path: ["followUp"] });
  });

export const USE_SORTS = ["opened", "member", "kind"] as const;
export const USE_PAGE_SIZES = [25, 50, 100] as const;

export const UsesPage = z.object({
  q: searchLine(200),
  state: z.array(z.enum(USE_STATES)).default([]),
  kind: z.array(z.enum(EMERGENCY_KINDS)).default([]),
  sort: z.enum(USE_SORTS).default("opened"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(USE_PAGE_SIZES).default(25),
});
/** All pages of the list at once, for its files. */
export const UsesRows = UsesPage.omit({ page: true, size: true });

export type ReviewShown = {
  readonly justified: boolean;
  readonly done: string;
  readonly followUp: string;
  readonly typedName: string;
  readonly soleReviewer: boolean;
  readonly entries: number;
  readonly by: string;
  readonly at: Date;
};

export type UseShown = {
  readonly id: string;
  readonly memberId: string;
  readonly member: string;
  readonly kind: EmergencyKind;
  readonly reason: string;
  readonly minutes: number;
  readonly openedAt: Date;
  readonly endsAt: Date;
  /** When it was over: by itself, or before that. Null while it is open. */
  readonly overAt: Date | null;
  /** Who ended it before its time; empty where nobody did. */
  readonly endedBy: string;
  readonly state: UseState;
  /** The last day for its review; while it is open, if it runs to its end. */
  readonly reviewBy: CalendarDate;
  readonly review: ReviewShown | null;
};

export type EmergencyPersonShown = {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly fromOn: CalendarDate;
  readonly toOn: CalendarDate | null;
  readonly reason: string;
  readonly namedBy: string;
  readonly namedAt: Date;
  readonly endedBy: string;
  readonly endedAt: Date | null;
  readonly endReason: string;
  readonly state: NamingState;
};

/** Emergency access that was over a moment ago and would have let its person do what they may not. */
export type EndedEmergency = {
  readonly overAt: Date;
  /** Whether they may open it again today. */
  readonly mayOpen: boolean;
  /** Who can do it instead, by name. */
  readonly leaders: readonly string[];
};

/** What stands above every page: one's own use, and for officers those that are open or wait for a review. */
export type EmergencyBanner = {
  readonly own: { readonly useId: string; readonly kind: EmergencyKind; readonly endsAt: Date } | null;
  /** Whether the reader may open emergency access today. */
  readonly named: boolean;
  readonly open: ReadonlyArray<{
    readonly useId: string;
    readonly member: string;
    readonly kind: EmergencyKind;
    readonly endsAt: Date;
  }>;
  readonly toReview: number;
  readonly overdue: number;
  /** When it was read; what is left is counted from then. */
  readonly asOf: Date;
};

/** What a tab that shows a use is told when it asks. */
export type EmergencyStatusAnswer = { readonly open: boolean };
