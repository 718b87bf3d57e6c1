import type {
  BaaFacts,
  BaaState,
  BaaVersionFacts,
  Coverage,
  CoverageFacts,
  CoverageGap,
  HopFacts,
} from "#lib/domain/vendors/schema.ts";
import { type CalendarDate, daysBetween } from "#lib/kernel/dates.ts";

/** What a BAA is on a day, by the version that governs then; `version` is the one that will, while none does yet. */
export type BaaOnDay = { readonly state: BaaState; readonly version: BaaVersionFacts };

/**
 * The state of a BAA on a day. The newest version that has begun governs; a corrected one counts for nothing. `expiresOn`
 * and the day of a termination are the last days in force. A BAA that both parties have not signed is none (45 CFR
 * 164.504(e)(1), 164.308(b)(3): satisfactory assurances are a written contract).
 */
export function baaOnDay(baa: BaaFacts, day: CalendarDate): BaaOnDay | null {
  const corrected = new Set(baa.versions.map((version) => version.corrects));
  const standing = baa.versions.filter((version) => !corrected.has(version.number)).sort((a, b) => a.number - b.number);
  const begun = standing.filter((version) => version.effectiveOn <= day);
  const version = begun.at(-1) ?? standing[0];
  if (version === undefined) return null;
  return { state: stateOf(baa, version, day), version };
}

function stateOf(baa: BaaFacts, version: BaaVersionFacts, day: CalendarDate): BaaState {
  if (baa.terminatedAfter !== null && baa.terminatedAfter < day) return "terminated";
  if (version.effectiveOn > day) return "not_yet_effective";
  if (version.expiresOn !== null && version.expiresOn < day) return "expired";
  return version.signature === "both" ? "in_force" : "not_signed";
}

/** The last day on which a BAA in force on `day` stays so, as far as is known; null while it has no end. */
export function baaUntil(baa: BaaFacts, day: CalendarDate): CalendarDate | null {
  const ends: CalendarDate[] = baa.terminatedAfter === null ? [] : [baa.terminatedAfter];
  const now = baaOnDay(baa, day);
  if (now !== null && now.version.expiresOn !== null && !isRenewed(baa, now.version)) ends.push(now.version.expiresOn);
  return ends.sort()[0] ?? null;
}

// A signed version that begins no later than the day after the other ends goes on without a gap.
function isRenewed(baa: BaaFacts, version: BaaVersionFacts): boolean {
  const { expiresOn } = version;
  if (expiresOn === null) return false;
  return baa.versions.some(
    (next) =>
      next.number > version.number &&
      next.signature === "both" &&
      next.effectiveOn > version.effectiveOn &&
      daysBetween(expiresOn, next.effectiveOn) <= 1 &&
      (next.expiresOn === null || next.expiresOn > expiresOn) &&
      !baa.versions.some((other) => other.corrects === next.number),
  );
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
 * 164.502(e), 164.308(b); a vendor's own subcontractors 164.502(e)(1)(ii)). Where every hop is the clinic's own
 * equipment nobody receives anything, and no BAA is needed.
 */
export function coverageOn({ toolId, baas, path }: CoverageFacts, day: CalendarDate): Coverage {
  const states = baas.flatMap((baa) => {
    const onDay = baaOnDay(baa, day);
    return onDay === null ? [] : [{ baa, ...onDay, names: onDay.version.surfaces.includes(toolId) }];
  });
  const covering = states.find(({ state, names }) => state === "in_force" && names);
  const isOwn = path !== null && path.length > 0 && path.every((hop) => hop.coverage === "own");
  const gaps: CoverageGap[] = covering !== undefined || isOwn ? [] : baaGaps(states);
  const uncovered = (path ?? []).filter((hop) => !isHopCovered(hop, day)).map((hop) => hop.processor);
  if (path === null || path.length === 0) gaps.push("path_not_on_record");
  else if (uncovered.length > 0) gaps.push("hop_uncovered");
  return {
    gaps,
    baaId: covering?.baa.id ?? null,
    baaVersionId: covering?.version.id ?? null,
    baaUntil: covering === undefined ? null : baaUntil(covering.baa, day),
    uncovered,
  };
}

function baaGaps(states: ReadonlyArray<{ state: BaaState; names: boolean }>): CoverageGap[] {
  const naming = states.filter(({ names }) => names);
  const gaps = naming
    .map(({ state }) => (state === "in_force" ? null : GAP_OF_STATE[state]))
    .filter((gap) => gap !== null);
  if (gaps.length > 0) return [...new Set(gaps)];
  return states.length > 0 ? ["baa_names_other_surface"] : ["no_baa_on_record"];
}
