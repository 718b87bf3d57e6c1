import "server-only";
import { cache } from "react";
import { readPage } from "#app/read.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";

/** The member of an address, read once for the page and its title. */
export const readMember = cache(async (clinic: string, memberId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getMemberPage(ctx, { memberId }));
});
