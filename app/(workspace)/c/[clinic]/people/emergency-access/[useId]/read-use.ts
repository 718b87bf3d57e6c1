import "server-only";
import { cache } from "react";
import { readPage } from "#app/read.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEmergencyUse } from "#lib/domain/clinic/emergency-access/queries.ts";

/** The use of an address, read once for the page and its title. */
export const readUse = cache(async (clinic: string, useId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getEmergencyUse(ctx, { useId }));
});
