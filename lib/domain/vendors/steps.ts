import "server-only";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { Conflict, Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export type NamedVendor = { readonly name: string; readonly jurisdiction: string };

/** A vendor as it now stands in the list: its own spelling of the name counts. */
export type EnsuredVendor = { readonly id: string; readonly name: string };

/** The vendors of these names, each taken into the list if it is not there; by `vendorKeyOf(name)`. */
export async function ensureVendors(
  tx: ClinicTx,
  ctx: WorkContext,
  named: readonly NamedVendor[],
): Promise<{ vendors: Map<string, EnsuredVendor>; events: AuditEvent[] }> {
  const addedBy = actingMemberId(ctx);
  if (addedBy === null) throw new Forbidden("vendor.keep");
  const wanted = new Map(named.map((vendor) => [vendorKeyOf(vendor.name), vendor]));
  const known = await tx.vendor.findMany({
    where: { nameKey: { in: [...wanted.keys()] } },
    select: { id: true, name: true, nameKey: true },
  });
  const vendors = new Map<string, EnsuredVendor>(known.map(({ id, name, nameKey }) => [nameKey, { id, name }]));
  const fresh = [...wanted]
    .filter(([nameKey]) => !vendors.has(nameKey))
    .map(([nameKey, { name, jurisdiction }]) => ({
      id: newId(),
      name,
      nameKey,
      jurisdiction,
      addedBy,
      addedAt: ctx.now,
    }));
  if (fresh.length > 0) {
    await tx.vendor.createMany({ data: fresh });
    await tx.vendorDescription.createMany({
      data: fresh.map(({ id, jurisdiction }) => ({
        ...{ vendorId: id, number: 1, ...NOT_DESCRIBED, jurisdiction, describedBy: addedBy, describedAt: ctx.now },
      })),
    });
  }
  for (const { id, name, nameKey } of fresh) vendors.set(nameKey, { id, name });
  const events = fresh.map(({ id, name, jurisdiction }): AuditEvent => {
    return { type: "vendor.registered", id, name, jurisdiction };
  });
  return { vendors, events };
}

/**
 * Refuses tools that were just taken in under names that their vendors had until then. From here on nobody renames these
 * vendors before the transaction ends: each tool's foreign key holds its vendor.
 */
export async function assertStillCalled(tx: ClinicTx, vendors: Iterable<EnsuredVendor>): Promise<void> {
  const named = new Map([...vendors].map(({ id, name }) => [id, name]));
  const now = await tx.vendor.findMany({ where: { id: { in: [...named.keys()] } }, select: { id: true, name: true } });
  if (now.some(({ id, name }) => named.get(id) !== name)) throw new Conflict();
}

const NOT_DESCRIBED = {
  businessAssociate: "unknown",
  businessAssociateReason: "",
  website: "",
  contactName: "",
  contactEmail: "",
  notes: "",
};

/** Two names are one vendor when they read the same, whatever the case and punctuation. */
export function vendorKeyOf(name: string): string {
  return foldForSearch(name);
}

/** Makes changes around one vendor follow each other until the end of the transaction; not found where there is none. */
export async function lockVendor(tx: ClinicTx, vendorId: string): Promise<void> {
  const { count } = await tx.vendor.updateMany({ where: { id: vendorId }, data: { version: { increment: 0 } } });
  if (count === 0) throw new NotFound();
}
