import type { CalendarDate } from "#lib/kernel/dates.ts";

// A vendor may have several BAAs, and each BAA versions: the original, amendments, renewals, corrections. What a BAA is
// worth on a day is computed from its dates (rules.ts) and never stored, so that one which runs out at midnight stops
// covering at midnight.

export const BUSINESS_ASSOCIATE_ANSWERS = ["yes", "no", "unknown"] as const;
export type BusinessAssociate = (typeof BUSINESS_ASSOCIATE_ANSWERS)[number];

export const BAA_KINDS = ["original", "amendment", "renewal", "correction"] as const;
export type BaaKind = (typeof BAA_KINDS)[number];

/** `both`: both parties have signed. Anything else counts as not signed. */
export const SIGNATURES = ["both", "one_side", "unknown"] as const;
export type Signature = (typeof SIGNATURES)[number];

export const BAA_STATES = ["in_force", "not_yet_effective", "not_signed", "expired", "terminated"] as const;
export type BaaState = (typeof BAA_STATES)[number];

/** A BAA that runs out within so many days is shown wherever it matters. */
export const RUNNING_OUT_DAYS = [90, 60, 30] as const;

/** Who covers a hop: a BAA of ours, one that the vendor has and showed us, nobody because it is the clinic's own equipment, nobody at all. */
export const COVERAGES = ["our_baa", "shown_baa", "own", "none"] as const;
export type CoverageKind = (typeof COVERAGES)[number];

/** One version of a BAA as far as coverage depends on it. */
export type BaaVersionFacts = {
  readonly id: string;
  readonly number: number;
  readonly corrects: number | null;
  readonly effectiveOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  readonly signature: Signature;
  /** Ids of the tools it names. */
  readonly surfaces: readonly string[];
};

export type BaaFacts = {
  readonly id: string;
  readonly reference: string;
  readonly versions: readonly BaaVersionFacts[];
  /** The last day in force, where the BAA was ended before its time. */
  readonly terminatedAfter: CalendarDate | null;
};

export type HopFacts = {
  readonly processor: string;
  readonly coverage: CoverageKind;
  /** The BAA of ours that covers it, where `coverage` says so. */
  readonly baa: BaaFacts | null;
  readonly shownOn: CalendarDate | null;
  readonly shownUntil: CalendarDate | null;
};

/** All that a tool's coverage rests on. `path` is null where none is on record: unknown is never covered. */
export type CoverageFacts = {
  readonly toolId: string;
  readonly baas: readonly BaaFacts[];
  readonly path: readonly HopFacts[] | null;
};

export const COVERAGE_GAPS = [
  "no_baa_on_record",
  "baa_not_signed",
  "baa_not_yet_effective",
  "baa_expired",
  "baa_terminated",
  "baa_names_other_surface",
  "path_not_on_record",
  "hop_uncovered",
] as const;
export type CoverageGap = (typeof COVERAGE_GAPS)[number];

/** What covers a tool on a day, and what is missing. No gaps: patient data may go in, as far as BAAs are concerned. */
export type Coverage = {
  readonly gaps: readonly CoverageGap[];
  /** The BAA in force that names the surface. */
  readonly baaId: string | null;
  readonly baaVersionId: string | null;
  /** The last day of that BAA; null for an evergreen one, or where none is in force. */
  readonly baaUntil: CalendarDate | null;
  /** Processors of the path that nothing covers, in order. */
  readonly uncovered: readonly string[];
};
