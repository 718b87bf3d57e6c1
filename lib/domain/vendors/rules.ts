import {
  BAA_STATES,
  type BaaFacts,
  type BaaState,
  type BaaVersionFacts,
  type Coverage,
  type CoverageFacts,
  type CoverageGap,
  type HopFacts,
} from "#lib/domain/vendors/schema.ts";
import { addDays, type CalendarDate } from "#lib/kernel/dates.ts";

/** What a BAA is on a day, by the version that governs then; `version` is the one that will, while none does yet. */
export type BaaOnDay = { readonly state: BaaState; readonly version: BaaVersionFacts };

/**
 * The state of a BAA on a day. The version that began last governs; a corrected one counts for nothing, and its correction
 * stands in its place. `expiresOn` and the day of a termination are the last days in force. What both parties have not
 * signed is no contract (45 CFR 164.504(e)(1), 164.308(b)(3): satisfactory assurances are a written contract), so it
 * covers nothing and takes nothing away from what was signed before.
 */
export function baaOnDay(baa: BaaFacts, day: CalendarDate): BaaOnDay | null {
  const standing = standingVersions(baa);
  const begun = standing.filter((version) => version.effectiveOn <= day);
  const version = begun.findLast((candidate) => candidate.signature === "both") ?? begun.at(-1) ?? standing[0];
  if (version === undefined) return null;
  return { state: stateOf(baa, version, day), version };
}

/** The versions that no other corrects, in the order in which they begin. */
function standingVersions(baa: BaaFacts): BaaVersionFacts[] {
  const byNumber = new Map(baa.versions.map((version) => [version.number, version]));
  const corrected = new Set(baa.versions.map((version) => version.corrects));
  // A correction has the place of what it corrects: it is newer than that, and no newer than what followed.
  const place = (version: BaaVersionFacts): number => {
    const original = version.corrects === null ? undefined : byNumber.get(version.corrects);
    return original === undefined ? version.number : place(original);
  };
  return baa.versions
    .filter((version) => !corrected.has(version.number))
    .sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || place(a) - place(b));
}

function stateOf(baa: BaaFacts, version: BaaVersionFacts, day: CalendarDate): BaaState {
  if (baa.terminatedAfter !== null && baa.terminatedAfter < day) return "terminated";
  if (version.effectiveOn > day) return "not_yet_effective";
  if (version.expiresOn !== null && version.expiresOn < day) return "expired";
  return version.signature === "both" ? "in_force" : "not_signed";
}

/** The last day on which a BAA in force on `day` stays so, as far as is known; null while it has no end, or is not in force. */
export function baaUntil(baa: BaaFacts, day: CalendarDate): CalendarDate | null {
  return lastDayOf([baa], day, (date) => baaOnDay(baa, date)?.state === "in_force");
}

// A renewal that begins the next day leaves no gap, and an amendment may end sooner: so each day on which something changes
// is looked at, rather than one version's end.
function lastDayOf(
  baas: readonly BaaFacts[],
  day: CalendarDate,
  holds: (day: CalendarDate) => boolean,
): CalendarDate | null {
  if (!holds(day)) return null;
  const changes = baas.flatMap(({ versions, terminatedAfter }) => [
    ...versions.flatMap(({ effectiveOn, expiresOn }) =>
      effectiveOn > day ? [addDays(effectiveOn, -1), expiresOn] : [expiresOn],
    ),
    terminatedAfter,
  ]);
  const lastDays = [...new Set(changes.filter((end) => end !== null))].filter((end) => end >= day).sort();
  return lastDays.find((end) => !holds(addDays(end, 1))) ?? null;
}

/** A BAA in force that ends, and the tools that nothing covers from the next day on. */
export type BaaEnding = {
  readonly baaId: string;
  readonly reference: string;
  readonly until: CalendarDate;
  readonly losing: readonly string[];
};

/**
 * Which of a vendor's BAAs run out, soonest first, as far as is known on a day. One whose tools another BAA goes on to
 * cover is not among them.
 */
export function baaEndings(baas: readonly BaaFacts[], day: CalendarDate): BaaEnding[] {
  const endings = baas.flatMap((baa): BaaEnding[] => {
    const until = baaUntil(baa, day);
    if (until === null) return [];
    const names = baaOnDay(baa, until)?.version.surfaces ?? [];
    const losing = names.filter((toolId) => !baas.some((other) => covers(other, toolId, addDays(until, 1))));
    const isReplaced = names.length > 0 && losing.length === 0;
    return isReplaced ? [] : [{ baaId: baa.id, reference: baa.reference, until, losing }];
  });
  return endings.sort((a, b) => a.until.localeCompare(b.until));
}

function covers(baa: BaaFacts, toolId: string, day: CalendarDate): boolean {
  const onDay = baaOnDay(baa, day);
  return onDay?.state === "in_force" && onDay.version.surfaces.includes(toolId);
}

/** The best state among a vendor's BAAs; null where none is on record. */
export function bestStateOf(baas: readonly BaaFacts[], day: CalendarDate): BaaState | null {
  const states = new Set(baas.map((baa) => baaOnDay(baa, day)?.state));
  return BAA_STATES.find((state) => states.has(state)) ?? null;
}

/** That a BAA ran out: its last day, and what it named. Null while it is in force or has yet to begin. */
export function lapseOf(
  baa: BaaFacts,
  day: CalendarDate,
): { readonly lastDay: CalendarDate; readonly versionId: string; readonly surfaces: readonly string[] } | null {
  const onDay = baaOnDay(baa, day);
  if (onDay === null || (onDay.state !== "expired" && onDay.state !== "terminated")) return null;
  const { id, expiresOn, surfaces, signature } = onDay.version;
  // What was never signed never covered anything.
  if (signature !== "both") return null;
  const [lastDay] = [expiresOn, baa.terminatedAfter].filter((end) => end !== null).sort();
  return lastDay === undefined ? null : { lastDay, versionId: id, surfaces };
}

/** Whether something covers a processor on a day. A BAA that the vendor showed counts from the day it was shown. */
export function isHopCovered(hop: HopFacts, day: CalendarDate): boolean {
  switch (hop.coverage) {
    case "own":
      return true;
    case "none":
      return false;
    case "our_baa":
      return hop.baa !== null && baaOnDay(hop.baa, day)?.state === "in_force";
    case "shown_baa":
      return hop.shownOn !== null && hop.shownOn <= day && (hop.shownUntil === null || hop.shownUntil >= day);
    default: {
      const unhandled: never = hop.coverage;
      return unhandled;
    }
  }
}

const GAP_OF_STATE = {
  not_yet_effective: "baa_not_yet_effective",
  not_signed: "baa_not_signed",
  expired: "baa_expired",
  terminated: "baa_terminated",
} as const;

/**
 * What covers a tool on a day: a BAA in force that names the surface, and something for every hop of the path (45 CFR
 * 164.502(e), 164.308(b); a vendor's own subcontractors 164.502(e)(1)(ii)). Where the tool is registered as self-hosted
 * and every hop is the clinic's own equipment nobody receives anything, and no BAA is needed
 * (docs/decisions/016-no-baa-on-own-equipment.md).
 */
export function coverageOn({ toolId, selfHosted, baas, path }: CoverageFacts, day: CalendarDate): Coverage {
  const states = baas.flatMap((baa) => {
    const onDay = baaOnDay(baa, day);
    return onDay === null ? [] : [{ baa, ...onDay, names: onDay.version.surfaces.includes(toolId) }];
  });
  const covering = longestOf(
    states.filter(({ state, names }) => state === "in_force" && names),
    day,
  );
  const isOwn = selfHosted && path !== null && path.length > 0 && path.every((hop) => hop.coverage === "own");
  const gaps: CoverageGap[] = covering !== undefined || isOwn ? [] : baaGaps(states);
  const uncovered = (path ?? []).filter((hop) => !isHopCovered(hop, day)).map((hop) => hop.processor);
  if (path === null || path.length === 0) gaps.push("path_not_on_record");
  else if (uncovered.length > 0) gaps.push("hop_uncovered");
  return {
    gaps,
    baaId: covering?.baa.id ?? null,
    baaVersionId: covering?.version.id ?? null,
    baaUntil: lastDayOf(baas, day, (date) => baas.some((baa) => covers(baa, toolId, date))),
    uncovered,
  };
}

// Of several that cover a tool today, the one that does so longest.
function longestOf<B extends { readonly baa: BaaFacts }>(covering: readonly B[], day: CalendarDate): B | undefined {
  const [first, ...others] = covering;
  if (first === undefined || others.length === 0) return first;
  const ends = new Map(covering.map(({ baa }) => [baa.id, baaUntil(baa, day)]));
  const end = ({ baa }: B) => ends.get(baa.id) ?? "9999-12-31";
  return others.reduce((best, other) => (end(other) > end(best) ? other : best), first);
}

function baaGaps(states: ReadonlyArray<{ state: BaaState; names: boolean }>): CoverageGap[] {
  const naming = states.filter(({ names }) => names);
  const gaps = naming
    .map(({ state }) => (state === "in_force" ? null : GAP_OF_STATE[state]))
    .filter((gap) => gap !== null);
  if (gaps.length > 0) return [...new Set(gaps)];
  return states.length > 0 ? ["baa_names_other_surface"] : ["no_baa_on_record"];
}
