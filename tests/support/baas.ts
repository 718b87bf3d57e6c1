import type { BaaFacts, BaaVersionFacts, HopFacts } from "#lib/domain/vendors/schema.ts";

/** A version in force from 1 January 2026 on without an end, signed by both, that names the scribe; but for what is said. */
export function version(number: number, fields: Partial<BaaVersionFacts> = {}): BaaVersionFacts {
  return {
    id: `version ${number}`,
    number,
    corrects: null,
    effectiveOn: "2026-01-01",
    expiresOn: null,
    signature: "both",
    surfaces: ["scribe"],
    ...fields,
  };
}

export function baa(versions: readonly BaaVersionFacts[], fields: Partial<BaaFacts> = {}): BaaFacts {
  return { id: "baa", reference: "BAA 2026", terminatedAfter: null, versions, ...fields };
}

/** A hop that the clinic's own equipment is, but for what is said. */
export function hop(fields: Partial<HopFacts> = {}): HopFacts {
  return { processor: "Clinic's server", coverage: "own", baa: null, shownOn: null, shownUntil: null, ...fields };
}
