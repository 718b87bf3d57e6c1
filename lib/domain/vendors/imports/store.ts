import "server-only";
import { foldForSearch } from "#lib/domain/text.ts";
import { TOOL_NAMED } from "#lib/domain/vendors/baas/store.ts";
import type { BaaOnRecord, BaaVendor } from "#lib/domain/vendors/imports/rules.ts";
import { agreementText } from "#lib/domain/vendors/imports/rules.ts";
import type { AgreementOnRecord, VendorOnRecord } from "#lib/domain/vendors/imports/schema.ts";
import { baaOnDay } from "#lib/domain/vendors/rules.ts";
import type { BusinessAssociate } from "#lib/domain/vendors/schema.ts";
import { BAA_FACTS, baaFacts } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const KEYS_AT_ONCE = 5000;

/** Asks for many keys in parts: a question to the database holds at most 32,767 values, and more with what hangs on a row. */
export async function inParts<K, T>(keys: Iterable<K>, ask: (part: K[]) => Promise<readonly T[]>): Promise<T[]> {
  const all = [...new Set(keys)];
  const found: T[] = [];
  for (let start = 0; start < all.length; start += KEYS_AT_ONCE) {
    for (const one of await ask(all.slice(start, start + KEYS_AT_ONCE))) found.push(one);
  }
  return found;
}

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

const WITH_BAAS = { tools: { select: TOOL_NAMED, orderBy: { nameKey: "asc" } }, baas: { include: BAA_FACTS } } as const;

function findVendorsWithBaas(tx: ClinicTx, keys: readonly string[]) {
  return inParts(keys, (part) => tx.vendor.findMany({ where: { nameKey: { in: part } }, include: WITH_BAAS }));
}

type Row = Awaited<ReturnType<typeof findVendorsWithBaas>>[number];

/** The vendors of these keys with their tools and BAAs, each by its key. */
export async function baaVendorsOnRecord(tx: ClinicTx, keys: readonly string[]): Promise<Map<string, BaaVendor>> {
  const rows = await findVendorsWithBaas(tx, keys);
  return new Map(
    rows.map(({ id, name, nameKey, tools, baas }) => [
      nameKey,
      { id, name, tools, baas: new Map(baas.map((baa) => [foldForSearch(baa.reference), baaOnRecord(baa)])) },
    ]),
  );
}

function baaOnRecord(baa: Row["baas"][number]): BaaOnRecord {
  const corrected = new Set(baa.versions.map((version) => version.corrects));
  const ending = baa.terminations.find(({ withdrawnAt }) => withdrawnAt === null);
  return {
    reference: baa.reference,
    endedOn: ending === undefined ? null : fromDatabaseDate(ending.lastDay),
    endedReason: ending?.reason ?? "",
    versions: baa.versions.filter(({ number }) => !corrected.has(number)).map(agreementOnRecord),
  };
}

function agreementOnRecord(version: Row["baas"][number]["versions"][number]): AgreementOnRecord {
  const { ourParty, theirParty, noticeDays, services, signature, note } = version;
  return {
    ...{ ourParty, theirParty, noticeDays, services, signature, note },
    agreedOn: fromDatabaseDate(version.agreedOn),
    effectiveOn: fromDatabaseDate(version.effectiveOn),
    expiresOn: version.expiresOn === null ? null : fromDatabaseDate(version.expiresOn),
    surfaces: version.surfaces.map(({ toolId }) => toolId),
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

/** The BAAs as a file has them: each as it stands on a day, by the version that governs then or will. */
export async function baaCells(tx: ClinicTx, today: CalendarDate): Promise<SheetCells> {
  const named = await tx.vendor.findMany({
    where: { baas: { some: {} } },
    select: { nameKey: true },
    orderBy: [{ nameKey: "asc" }],
  });
  const keys = named.map(({ nameKey }) => nameKey);
  const vendors = (await findVendorsWithBaas(tx, keys)).sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1));
  return vendors.flatMap(({ name: vendor, tools, baas }) =>
    baas.flatMap((baa) => {
      const governing = baaOnDay(baaFacts(baa), today)?.version.id;
      const version = baa.versions.find(({ id }) => id === governing);
      if (version === undefined) return [];
      const { reference, endedOn, endedReason } = baaOnRecord(baa);
      const said = agreementText(agreementOnRecord(version), { tools });
      return [{ vendor, reference, ...said, endedOn: endedOn ?? "", endedReason }];
    }),
  );
}
