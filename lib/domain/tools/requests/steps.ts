import "server-only";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

type Named = { readonly requesterId: string; readonly nameKey: string };

/**
 * Holds what somebody asked for under one name, so that of two who would open one of these, or ask anew, the second waits
 * here and finds which is open.
 */
export async function holdAskedUnder(tx: ClinicTx, { requesterId, nameKey }: Named): Promise<void> {
  await tx.toolRequest.updateMany({ where: { requesterId, nameKey }, data: { version: { increment: 0 } } });
}
