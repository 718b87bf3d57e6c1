import "server-only";
import { foldForSearch } from "#lib/domain/text.ts";
import { refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The key of a place's name; refuses a name that another open place has, or that says nothing. */
export async function freeNameKey(tx: ClinicTx, name: string, ownId?: string): Promise<string> {
  const nameKey = foldForSearch(name);
  if (nameKey === "") throw refuse("location.name_without_letters", {}, "name");
  const other = await tx.location.findFirst({
    where: { nameKey, closedAt: null, ...(ownId === undefined ? {} : { id: { not: ownId } }) },
    select: { name: true },
  });
  if (other !== null) throw refuse("location.already_listed", { name: other.name }, "name");
  return nameKey;
}
