import { foldForSearch } from "#lib/domain/text.ts";
import type { Hop, HopState } from "#lib/domain/vendors/paths/schema.ts";
import { baaOnDay, baaUntil, isHopCovered } from "#lib/domain/vendors/rules.ts";
import type { HopFacts } from "#lib/domain/vendors/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

const STATE_OF_BAA = {
  in_force: "our_baa",
  not_signed: "baa_not_signed",
  not_yet_effective: "baa_not_yet_effective",
  expired: "baa_expired",
  terminated: "baa_terminated",
} as const;

/** What a hop is on a day. `covered` is the rule that standings use; `state` says by what, or why not. */
export function hopOnDay(
  hop: HopFacts,
  day: CalendarDate,
): { readonly state: HopState; readonly covered: boolean; readonly until: CalendarDate | null } {
  const covered = isHopCovered(hop, day);
  return { state: stateOf(hop, day), covered, until: covered ? untilOf(hop, day) : null };
}

function stateOf(hop: HopFacts, day: CalendarDate): HopState {
  switch (hop.coverage) {
    case "own":
      return "own";
    case "none":
      return "nothing";
    case "our_baa": {
      const onDay = hop.baa === null ? null : baaOnDay(hop.baa, day);
      return onDay === null ? "nothing" : STATE_OF_BAA[onDay.state];
    }
    case "shown_baa":
      if (hop.shownOn === null || hop.shownOn > day) return "shown_later";
      return hop.shownUntil !== null && hop.shownUntil < day ? "shown_ended" : "shown_baa";
    default: {
      const unhandled: never = hop.coverage;
      return unhandled;
    }
  }
}

function untilOf(hop: HopFacts, day: CalendarDate): CalendarDate | null {
  if (hop.coverage === "shown_baa") return hop.shownUntil;
  return hop.coverage === "our_baa" && hop.baa !== null ? baaUntil(hop.baa, day) : null;
}

/**
 * Refuses a path without a company, and dates that can't be: what the vendor has stated or shown was stated or shown by
 * today. `hops` keeps the places of the rows, so that a refusal stands beside the right one.
 */
export function assertMayRecord(
  path: { readonly statedOn: CalendarDate | null; readonly hops: ReadonlyArray<Hop | null> },
  today: CalendarDate,
): void {
  if (path.hops.every((hop) => hop === null)) throw refuse("inference_path.empty", {}, "hops");
  if (path.statedOn !== null && path.statedOn > today) throw refuse("inference_path.in_future", { today }, "statedOn");
  for (const [index, hop] of path.hops.entries()) {
    if (hop === null) continue;
    const { shownOn, shownUntil } = hop;
    if (shownOn !== null && shownOn > today) {
      throw refuse("inference_path.in_future", { today }, `hops.${index}.shownOn`);
    }
    if (shownOn !== null && shownUntil !== null && shownUntil < shownOn) {
      throw refuse("inference_path.shown_reversed", { shownOn }, `hops.${index}.shownUntil`);
    }
  }
}

/**
 * Whether an agreement is one with this company: its vendor, the party or a service that it names reads as the processor
 * does, or the other way round. A BAA with somebody else covers nobody here.
 */
export function namesProcessor(names: readonly string[], processor: string): boolean {
  // Whole words: "Meta" is not "Metabase".
  const words = (text: string) => ` ${foldForSearch(text)} `;
  const meant = words(processor);
  return names.map(words).some((name) => name.trim() !== "" && (name.includes(meant) || meant.includes(name)));
}
