import type { WaitingKind } from "#lib/domain/calendar/waiting/schema.ts";
import type { Role } from "#lib/domain/context.ts";

// How far each part of the book is in hand, in words and from records; never a score.

export const AREAS = ["register", "agreements", "policies", "people", "evidence"] as const;
export type Area = (typeof AREAS)[number];

export const AREA_STATES = ["in_hand", "attention", "not_begun"] as const;
export type AreaState = (typeof AREA_STATES)[number];

/** A pack older than this says too little of today. */
export const PACK_OLD_DAYS = 90;

export type Reason = {
  readonly code: string;
  readonly count: number;
  /** The page that shows it or sees to it, below the clinic's address. */
  readonly path: string;
};

export type AreaReadiness = {
  readonly area: Area;
  readonly state: AreaState;
  readonly path: string;
  readonly reasons: readonly Reason[];
};

/** What the areas are judged from. */
export type ReadinessFacts = {
  readonly tools: number;
  readonly baas: number;
  readonly policies: number;
  readonly unsigned: { readonly open: number; readonly overdue: number };
  readonly waiting: Readonly<Record<WaitingKind, number>>;
  readonly updates: number;
  readonly withoutFactor: number;
  readonly packAgeDays: number | null;
  readonly missing: number;
};

/** How many people the page names who lack a second factor. */
export const WITHOUT_FACTOR_SHOWN_MAX = 8;

/** Who can sign in, and what about that is unfinished. */
export type Access = {
  readonly byRole: Readonly<Partial<Record<Role, number>>>;
  readonly openInvitations: number;
  readonly offboarding: number;
  readonly withoutFactor: {
    readonly count: number;
    readonly shown: ReadonlyArray<{ readonly memberId: string; readonly name: string }>;
  };
};
