import "server-only";
import { z } from "zod";
import { holdsOn, officeWarnings } from "#lib/domain/clinic/settings/rules.ts";
import { OFFICES } from "#lib/domain/clinic/settings/schema.ts";
import {
  listDesignations,
  listLocations,
  listServing,
  requireClinicFacts,
  requireLocation,
  statesOf,
} from "#lib/domain/clinic/settings/store.ts";
import { defineQuery } from "#lib/domain/query.ts";

/** What is written down of the clinic itself. */
export const getClinicFacts = defineQuery("clinic-facts", "clinic.see_facts", z.object({}), async ({ tx, ctx }) => ({
  facts: await requireClinicFacts(tx),
  asOf: ctx.now,
}));

/** The clinic's places. */
export const getLocations = defineQuery("locations", "member.read", z.object({}), async ({ tx, ctx }) => ({
  locations: await listLocations(tx, ctx.today),
  asOf: ctx.now,
}));

/** One place of the clinic. */
export const getLocation = defineQuery(
  "location",
  "location.keep",
  z.object({ locationId: z.uuid() }),
  async ({ tx }, { locationId }) => requireLocation(tx, locationId),
);

/** Who holds each office today and what is wrong with that, and everybody who ever held one. */
export const getOfficersPage = defineQuery("officers-page", "member.read", z.object({}), async ({ tx, ctx }) => {
  const designations = await listDesignations(tx);
  const states = await statesOf(tx, [...new Set(designations.map(({ memberId }) => memberId))], ctx.today);
  const offices = OFFICES.map((office) => {
    const held = designations.filter((designation) => designation.office === office);
    const holder = held.find((designation) => holdsOn(designation, ctx.today)) ?? null;
    const state = holder === null ? undefined : states.get(holder.memberId);
    const warnings = officeWarnings(office, holder === null || state === undefined ? null : { ...holder, state });
    return { office, holder, warnings, next: held.find(({ fromOn }) => fromOn > ctx.today) ?? null };
  });
  return { offices, designations, people: await listServing(tx, ctx.today), today: ctx.today, asOf: ctx.now };
});
