import "server-only";
import { foldForSearch } from "#lib/domain/text.ts";
import { TOOL_NAMED } from "#lib/domain/vendors/baas/store.ts";
import type { BaaOnRecord, BaaVendor } from "#lib/domain/vendors/imports/rules.ts";
import { agreementText } from "#lib/domain/vendors/imports/rules.ts";
import type { AgreementOnRecord, VendorOnRecord } from "#lib/domain/vendors/imports/schema.ts";
import { baaOnDay } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts, BaaVersionFacts, BusinessAssociate } from "#lib/domain/vendors/schema.ts";
import { findBaas } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The vendors of these keys, each by its key. */
export async function vendorsOnRecord(tx: ClinicTx, keys: readonly string[]): Promise<Map<string, VendorOnRecord>> {
  const vendors = await inParts(keys, (part) => tx.vendor.findMany({ where: { nameKey: { in: part } } }));
  return new Map(vendors.map((vendor) => [vendor.nameKey, vendorFacts(vendor)]));
}

type VendorRow = Awaited<ReturnType<ClinicTx["vendor"]["findMany"]>>[number];

function vendorFacts(vendor: VendorRow): VendorOnRecord {
  const { id, name, version, businessAssociateReason, jurisdiction, website, contactName, contactEmail, notes } =
    vendor;
  const businessAssociate = vendor.businessAssociate as BusinessAssociate;
  return {
    ...{ id, name, version, businessAssociate, businessAssociateReason, jurisdiction, website, contactName },
    ...{ contactEmail, notes },
  };
}

const AGREED = {
  id: true,
  ourParty: true,
  theirParty: true,
  agreedOn: true,
  noticeDays: true,
  services: true,
  signature: true,
  note: true,
} as const;

type Agreed = Pick<Awaited<ReturnType<ClinicTx["baaVersion"]["findMany"]>>[number], keyof typeof AGREED>;

type NamedVendor = { readonly id: string; readonly name: string; readonly nameKey: string };

type BaaKept = { readonly facts: BaaFacts; readonly onRecord: BaaOnRecord };

type VendorWithBaas = NamedVendor & {
  readonly tools: BaaVendor["tools"];
  readonly baas: readonly BaaKept[];
};

/** Vendors with their tools and BAAs, and what each version says, by its id. Read table by table, as findBaas reads. */
async function withBaas(
  tx: ClinicTx,
  named: readonly NamedVendor[],
): Promise<{ vendors: VendorWithBaas[]; agreedOf: ReadonlyMap<string, Agreed> }> {
  const vendorIds = named.map(({ id }) => id);
  const tools = await inParts(vendorIds, (part) =>
    tx.tool.findMany({
      where: { vendorId: { in: part } },
      select: { ...TOOL_NAMED, vendorId: true },
      orderBy: { nameKey: "asc" },
    }),
  );
  const versions = await inParts(vendorIds, (part) =>
    tx.baaVersion.findMany({ where: { vendorId: { in: part } }, select: AGREED }),
  );
  const endings = await inParts(vendorIds, (part) =>
    tx.baaTermination.findMany({
      where: { baa: { vendorId: { in: part } }, withdrawnAt: null },
      select: { baaId: true, reason: true },
    }),
  );
  const toolsOf = Map.groupBy(tools, ({ vendorId }) => vendorId);
  const agreedOf = new Map(versions.map((version) => [version.id, version]));
  const reasonOf = new Map(endings.map(({ baaId, reason }) => [baaId, reason]));
  const baas = (await findBaas(tx, { vendorIds })).map(({ vendorId, facts }) => {
    return { vendorId, facts, onRecord: baaOnRecord(facts, agreedOf, reasonOf.get(facts.id) ?? "") };
  });
  const baasOf = Map.groupBy(baas, ({ vendorId }) => vendorId);
  const vendors = named.map((vendor) => ({
    ...vendor,
    tools: (toolsOf.get(vendor.id) ?? []).map(({ vendorId: _vendorId, ...tool }) => tool),
    baas: baasOf.get(vendor.id) ?? [],
  }));
  return { vendors, agreedOf };
}

const NAMED_VENDOR = { id: true, name: true, nameKey: true } as const;

/** The vendors of these keys with their tools and BAAs, each by its key. */
export async function baaVendorsOnRecord(tx: ClinicTx, keys: readonly string[]): Promise<Map<string, BaaVendor>> {
  const named = await inParts(keys, (part) =>
    tx.vendor.findMany({ where: { nameKey: { in: part } }, select: NAMED_VENDOR }),
  );
  const { vendors } = await withBaas(tx, named);
  return new Map(
    vendors.map(({ nameKey, baas, ...vendor }) => [
      nameKey,
      { ...vendor, baas: new Map(baas.map(({ onRecord }) => [foldForSearch(onRecord.reference), onRecord])) },
    ]),
  );
}

function baaOnRecord(facts: BaaFacts, agreedOf: ReadonlyMap<string, Agreed>, endedReason: string): BaaOnRecord {
  const corrected = new Set(facts.versions.map((version) => version.corrects));
  const standing = facts.versions.filter(({ number }) => !corrected.has(number));
  return {
    reference: facts.reference,
    endedOn: facts.terminatedAfter,
    endedReason,
    versions: standing.map((version) => agreementOnRecord(version, agreedOf)),
  };
}

function agreementOnRecord(version: BaaVersionFacts, agreedOf: ReadonlyMap<string, Agreed>): AgreementOnRecord {
  const agreed = agreedOf.get(version.id);
  if (agreed === undefined) throw new Error("what a version says is read beside its dates");
  const { ourParty, theirParty, agreedOn, noticeDays, services, signature, note } = agreed;
  return {
    ...{ ourParty, theirParty, noticeDays, services, signature, note },
    agreedOn: fromDatabaseDate(agreedOn),
    effectiveOn: version.effectiveOn,
    expiresOn: version.expiresOn,
    surfaces: version.surfaces,
  };
}

/** Rows of a file to edit, by column: what importing them again would find unchanged. */
export type SheetCells = ReadonlyArray<Readonly<Record<string, string>>>;

/** The vendor list as a file has it. */
export async function vendorCells(tx: ClinicTx, max: number): Promise<SheetCells> {
  const vendors = await tx.vendor.findMany({ orderBy: [{ nameKey: "asc" }], take: max + 1 });
  return vendors.map((row) => {
    const { name, businessAssociate, businessAssociateReason: reason, ...facts } = vendorFacts(row);
    const { jurisdiction, website, contactName, contactEmail, notes } = facts;
    return { vendor: name, businessAssociate, reason, jurisdiction, website, contactName, contactEmail, notes };
  });
}

/**
 * The BAAs as a file has them: each as it stands on a day, by the version that governs then or will. One row too many
 * where there are more than `max`.
 */
export async function baaCells(tx: ClinicTx, today: CalendarDate, max: number): Promise<SheetCells> {
  const named = await tx.vendor.findMany({
    where: { baas: { some: {} } },
    select: NAMED_VENDOR,
    orderBy: [{ nameKey: "asc" }],
  });
  const { vendors, agreedOf } = await withBaas(tx, named);
  const cells = vendors.flatMap(({ name: vendor, tools, baas }) =>
    baas.flatMap(({ facts, onRecord: { reference, endedOn, endedReason } }) => {
      const governing = baaOnDay(facts, today)?.version;
      if (governing === undefined) return [];
      const said = agreementText(agreementOnRecord(governing, agreedOf), { tools });
      return [{ vendor, reference, ...said, endedOn: endedOn ?? "", endedReason }];
    }),
  );
  return cells.slice(0, max + 1);
}
