import "server-only";
import type { z } from "zod";
import { foldForSearch } from "#lib/domain/text.ts";
import { baaEndings, bestStateOf } from "#lib/domain/vendors/rules.ts";
import type {
  BaaFacts,
  BusinessAssociate,
  CoverageFacts,
  CoverageKind,
  HopFacts,
  Signature,
  VendorRow,
  VendorsRows,
} from "#lib/domain/vendors/schema.ts";
import { addDays, type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Whether a tool is registered as software that the clinic runs itself. */
export function isSelfHosted({ category }: { readonly category: string }): boolean {
  return category === "self_hosted";
}

/** What coverage is computed from, of a BAA as the database gives it: `include: BAA_FACTS`. */
export const BAA_FACTS = {
  versions: { include: { surfaces: { select: { toolId: true } } } },
  terminations: true,
} as const;

/** A BAA as the database keeps it, from which what was known of it at any moment is computed. */
export type BaaRow = {
  readonly id: string;
  readonly reference: string;
  readonly versions: ReadonlyArray<{
    readonly id: string;
    readonly number: number;
    readonly corrects: number | null;
    readonly effectiveOn: Date;
    readonly expiresOn: Date | null;
    readonly signature: string;
    readonly enteredAt: Date;
    readonly surfaces: ReadonlyArray<{ readonly toolId: string }>;
  }>;
  readonly terminations: ReadonlyArray<{
    readonly id: string;
    readonly lastDay: Date;
    readonly enteredAt: Date;
    readonly withdrawnAt: Date | null;
  }>;
};

/** A BAA as known at a moment: what was entered later, and what was withdrawn by then, counts for nothing. */
export function baaFacts(row: BaaRow, at: Date | null = null): BaaFacts {
  const known = (enteredAt: Date) => at === null || enteredAt <= at;
  const termination = terminationAt(row.terminations, at);
  return {
    id: row.id,
    reference: row.reference,
    terminatedAfter: termination === undefined ? null : fromDatabaseDate(termination.lastDay),
    versions: row.versions
      .filter(({ enteredAt }) => known(enteredAt))
      .map((version) => ({
        id: version.id,
        number: version.number,
        corrects: version.corrects,
        effectiveOn: fromDatabaseDate(version.effectiveOn),
        expiresOn: version.expiresOn === null ? null : fromDatabaseDate(version.expiresOn),
        signature: version.signature as Signature,
        surfaces: version.surfaces.map(({ toolId }) => toolId),
      })),
  };
}

/** The end that counts at a moment, if there is one. */
export function terminationAt<T extends BaaRow["terminations"][number]>(
  terminations: readonly T[],
  at: Date | null,
): T | undefined {
  return terminations.find(
    ({ enteredAt, withdrawnAt }) =>
      (at === null || enteredAt <= at) && (withdrawnAt === null || (at !== null && withdrawnAt > at)),
  );
}

/** A BAA with the vendor that it is with. */
export type VendorBaa = { readonly vendorId: string; readonly facts: BaaFacts };

// With more in a list than this it is quicker to read a clinic's whole table, and a query takes only so many parameters.
const NAMED_MAX = 5000;

type WhichBaas = { readonly vendorIds: readonly string[] } | { readonly ids: readonly string[] };

/** BAAs of these vendors, or these BAAs, oldest first, as known at `at` (null: now). */
export async function findBaas(tx: ClinicTx, which: WhichBaas, at: Date | null = null): Promise<VendorBaa[]> {
  return (await findBaaRows(tx, which, at)).map(({ vendorId, ...row }) => ({ vendorId, facts: baaFacts(row, at) }));
}

/**
 * BAAs of these vendors, or these BAAs, that there were at `at` (null: now), oldest first. Read table by table: the
 * versions of more than some ten thousand BAAs can't be included in one query, because each takes three of its 32,767
 * parameters.
 */
export async function findBaaRows(
  tx: ClinicTx,
  which: WhichBaas,
  at: Date | null = null,
): Promise<Array<BaaRow & { readonly vendorId: string }>> {
  const isByVendor = "vendorIds" in which;
  const named = [...new Set(isByVendor ? which.vendorIds : which.ids)];
  if (named.length === 0) return [];
  const among = named.length > NAMED_MAX ? undefined : { in: named };
  const ofVersion = among === undefined ? {} : isByVendor ? { vendorId: among } : { baaId: among };
  const ofBaa = among === undefined ? {} : isByVendor ? { vendorId: among } : { id: among };
  const baas = await tx.baa.findMany({
    where: { ...ofBaa, ...(at === null ? {} : { createdAt: { lte: at } }) },
    select: { id: true, vendorId: true, reference: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const versions = await tx.baaVersion.findMany({
    where: ofVersion,
    select: VERSION_FACTS,
    orderBy: { number: "asc" },
  });
  const surfaces = await tx.baaSurface.findMany({
    where: { baaVersion: ofVersion },
    select: { baaVersionId: true, toolId: true },
  });
  const terminations = await tx.baaTermination.findMany({ where: { baa: ofBaa } });
  const surfacesOf = Map.groupBy(surfaces, (surface) => surface.baaVersionId);
  const versionsOf = Map.groupBy(
    versions.map((version) => ({ ...version, surfaces: surfacesOf.get(version.id) ?? [] })),
    (version) => version.baaId,
  );
  const terminationsOf = Map.groupBy(terminations, (termination) => termination.baaId);
  const wanted = new Set(named);
  return baas
    .filter((baa) => wanted.has(isByVendor ? baa.vendorId : baa.id))
    .map((baa) => ({
      ...baa,
      versions: versionsOf.get(baa.id) ?? [],
      terminations: terminationsOf.get(baa.id) ?? [],
    }));
}

const VERSION_FACTS = {
  id: true,
  baaId: true,
  number: true,
  corrects: true,
  effectiveOn: true,
  expiresOn: true,
  signature: true,
  enteredAt: true,
} as const;

/** What the coverage of these tools rests on, as known at `at` (null: now), by tool id. */
export async function coverageFactsOf(
  tx: ClinicTx,
  tools: ReadonlyArray<{ readonly id: string; readonly vendorId: string; readonly category: string }>,
  at: Date | null = null,
): Promise<Map<string, CoverageFacts>> {
  if (tools.length === 0) return new Map();
  const baas = await findBaas(tx, { vendorIds: tools.map((tool) => tool.vendorId) }, at);
  const byVendor = Map.groupBy(baas, ({ vendorId }) => vendorId);
  const hopsOf = await newestHops(tx, tools, at);
  return new Map(
    tools.map(({ id, vendorId, category }) => {
      const facts: CoverageFacts = {
        toolId: id,
        selfHosted: isSelfHosted({ category }),
        baas: (byVendor.get(vendorId) ?? []).map(({ facts }) => facts),
        path: hopsOf.get(id) ?? null,
      };
      return [id, facts];
    }),
  );
}

/** The hops of each tool's newest path, in order; a tool without a path is not in it. */
async function newestHops(
  tx: ClinicTx,
  tools: ReadonlyArray<{ readonly id: string }>,
  at: Date | null,
): Promise<Map<string, HopFacts[]>> {
  const toolIds = tools.map((tool) => tool.id);
  const paths = await inParts(toolIds, (part) =>
    tx.inferencePath.findMany({
      where: { toolId: { in: part }, ...(at === null ? {} : { enteredAt: { lte: at } }) },
      select: { id: true, toolId: true },
      orderBy: { number: "desc" },
      distinct: ["toolId"],
    }),
  );
  const pathIds = paths.map((path) => path.id);
  const hops = await inParts(pathIds, (part) =>
    tx.inferenceHop.findMany({ where: { pathId: { in: part } }, orderBy: { position: "asc" } }),
  );
  const baaIds = hops.flatMap(({ baaId }) => (baaId === null ? [] : [baaId]));
  const baas = new Map((await findBaas(tx, { ids: baaIds }, at)).map(({ facts }) => [facts.id, facts]));
  const hopsOf = Map.groupBy(hops, (hop) => hop.pathId);
  return new Map(
    paths.map(({ id, toolId }) => [
      toolId,
      (hopsOf.get(id) ?? []).map((hop) => hopOn(hop, hop.baaId === null ? null : (baas.get(hop.baaId) ?? null))),
    ]),
  );
}

type HopRow = {
  readonly processor: string;
  readonly coverage: string;
  readonly shownOn: Date | null;
  readonly shownUntil: Date | null;
};

/** A hop as known at a moment; its BAA comes with `include: BAA_FACTS`. */
export function hopFacts(row: HopRow & { readonly baa: BaaRow | null }, at: Date | null = null): HopFacts {
  return hopOn(row, row.baa === null ? null : baaFacts(row.baa, at));
}

function hopOn({ processor, coverage, shownOn, shownUntil }: HopRow, baa: BaaFacts | null): HopFacts {
  return {
    processor,
    coverage: coverage as CoverageKind,
    baa,
    shownOn: shownOn === null ? null : fromDatabaseDate(shownOn),
    shownUntil: shownUntil === null ? null : fromDatabaseDate(shownUntil),
  };
}

/** A vendor as it stands in the list now. */
export async function requireVendor(tx: ClinicTx, vendorId: string) {
  const row = await tx.vendor.findFirst({ where: { id: vendorId } });
  if (row === null) throw new NotFound();
  const { id, name, jurisdiction, website, contactName, contactEmail, businessAssociateReason, notes, version } = row;
  const { addedBy, addedAt, recordedAt } = row;
  const businessAssociate = row.businessAssociate as BusinessAssociate;
  const described = {
    jurisdiction,
    website,
    contactName,
    contactEmail,
    businessAssociate,
    businessAssociateReason,
    notes,
  };
  return { id, name, ...described, addedBy, addedAt, recordedAt, version };
}

type ListAsked = z.output<typeof VendorsRows>;

/** One page of the vendors that fit, and how many there are. */
export async function findVendorsPage(
  tx: ClinicTx,
  { page, size, ...asked }: ListAsked & { page: number; size: number },
  today: CalendarDate,
): Promise<{ rows: VendorRow[]; total: number }> {
  const ending = asked.ends.length > 0 ? await vendorsThatMayEnd(tx, Math.max(...asked.ends.map(Number)), today) : null;
  const where = vendorWhere(asked, ending);
  const cut = { skip: (page - 1) * size, take: size };
  const isOfBaas = asked.baa.length > 0 || asked.ends.length > 0 || asked.sort === "until";
  if (!isOfBaas)
    return { rows: await vendorRows(tx, where, asked, today, cut), total: await tx.vendor.count({ where }) };
  // What a BAA is worth today is computed and not stored, so whoever asks by it has every other vendor looked at too.
  const fitting = (await vendorRows(tx, where, asked, today)).filter((row) => fitsBaas(row, asked, today));
  const rows = asked.sort === "until" ? byEnd(fitting, asked.direction) : fitting;
  return { rows: rows.slice(cut.skip, cut.skip + size), total: rows.length };
}

/** How many vendors are business associates, are not, or are not known to be. */
export async function countVendorsByAssociate(tx: ClinicTx): Promise<Partial<Record<BusinessAssociate, number>>> {
  const groups = await tx.vendor.groupBy({ by: ["businessAssociate"], _count: { _all: true } });
  return Object.fromEntries(groups.map((group) => [group.businessAssociate, group._count._all]));
}

async function vendorRows(
  tx: ClinicTx,
  where: ReturnType<typeof vendorWhere>,
  asked: ListAsked,
  today: CalendarDate,
  cut: { skip?: number; take?: number } = {},
): Promise<VendorRow[]> {
  const vendors = await tx.vendor.findMany({
    where,
    orderBy: vendorOrder(asked),
    ...cut,
    include: { _count: { select: { tools: true } } },
  });
  const baas = await findBaas(tx, { vendorIds: vendors.map((vendor) => vendor.id) });
  const baasOf = Map.groupBy(baas, ({ vendorId }) => vendorId);
  return vendors.map((vendor) => {
    const { id, name, jurisdiction, website, contactName, businessAssociateReason, addedAt } = vendor;
    const own = (baasOf.get(id) ?? []).map(({ facts }) => facts);
    return {
      ...{ id, name, jurisdiction, website, contactName, businessAssociateReason, addedAt },
      businessAssociate: vendor.businessAssociate as BusinessAssociate,
      tools: vendor._count.tools,
      baas: own.length,
      baa: bestStateOf(own, today) ?? "none",
      until: baaEndings(own, today)[0]?.until ?? null,
    };
  });
}

function vendorWhere({ q, associate }: ListAsked, among: readonly string[] | null) {
  const words = foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
  // Signs alone name nothing: they find nothing, not everything.
  if (q !== "" && words.length === 0) return { id: { in: [] } };
  return {
    ...(associate.length > 0 ? { businessAssociate: { in: associate } } : {}),
    // A vendor is also found by a tool of theirs: who types "ChatGPT" means OpenAI.
    AND: words.map((word) => ({
      OR: [{ nameKey: { contains: word } }, { tools: { some: { nameKey: { contains: word } } } }],
    })),
    ...(among === null ? {} : { id: { in: [...among] } }),
  };
}

/**
 * Vendors with a BAA of which some version, or an end before its time, has its last day within so many days; the rules
 * judge which of them end. Asked table by table: a question about versions inside one about vendors can take minutes.
 */
export async function vendorsThatMayEnd(tx: ClinicTx, days: number, today: CalendarDate): Promise<string[]> {
  const soon = { gte: toDatabaseDate(today), lte: toDatabaseDate(addDays(today, days)) };
  const versions = await tx.baaVersion.findMany({
    where: { expiresOn: soon },
    select: { vendorId: true },
    distinct: ["vendorId"],
  });
  const ended = await tx.baaTermination.findMany({
    where: { lastDay: soon, withdrawnAt: null },
    select: { baa: { select: { vendorId: true } } },
  });
  return [...new Set([...versions.map(({ vendorId }) => vendorId), ...ended.map(({ baa }) => baa.vendorId)])];
}

function vendorOrder({ sort, direction }: ListAsked) {
  const tail = [{ nameKey: "asc" as const }, { id: "asc" as const }];
  switch (sort) {
    case "name":
      return [{ nameKey: direction }, { id: "asc" as const }];
    case "tools":
      return [{ tools: { _count: direction } }, ...tail];
    case "since":
      return [{ addedAt: direction }, ...tail];
    case "until":
      return tail;
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

function fitsBaas(row: VendorRow, { baa, ends }: ListAsked, today: CalendarDate): boolean {
  if (baa.length > 0 && !baa.includes(row.baa)) return false;
  const { until } = row;
  return ends.length === 0 || (until !== null && ends.some((days) => until <= addDays(today, Number(days))));
}

// What has no end comes last either way: nobody looks for it by its end.
function byEnd(rows: readonly VendorRow[], direction: "asc" | "desc"): VendorRow[] {
  const sign = direction === "desc" ? -1 : 1;
  const ending = rows.filter((row) => row.until !== null);
  const others = rows.filter((row) => row.until === null);
  return [...ending.sort((a, b) => sign * (a.until ?? "").localeCompare(b.until ?? "")), ...others];
}
