import "server-only";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getSigningInput } from "#lib/domain/ledger/queries.ts";
import { addCheckpoint } from "#lib/platform/db/with-clinic.ts";
import { signLedger } from "#lib/platform/signer.ts";

/**
 * The signed checkpoint of the ledger's first `size` events (all of them when left out): the one kept, or a new one. A
 * checkpoint is a statement about the ledger and therefore no event in it.
 */
export async function ensureCheckpoint(
  ctx: ClinicContext,
  size?: number,
): Promise<{ origin: string; size: number; note: string }> {
  const input = await getSigningInput(ctx, size === undefined ? {} : { size });
  if (input.note !== null) return { origin: input.origin, size: input.size, note: input.note };
  const { note, root } = signLedger({
    clinicId: ctx.clinicId,
    origin: input.origin,
    size: input.size,
    leaves: input.leaves,
  });
  await addCheckpoint(ctx, { size: input.size, root, note });
  return { origin: input.origin, size: input.size, note };
}
