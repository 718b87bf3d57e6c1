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
import { addDays, type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
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

type BaaRow = {
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
    readonly lastDay: Date;
    readonly enteredAt: Date;
    readonly withdrawnAt: Date | null;
  }>;
};

/** A BAA as known at a moment: what was entered later, and what was withdrawn by then, counts for nothing. */
export function baaFacts(row: BaaRow, at: Date | null = null): BaaFacts {
  const known = (enteredAt: Date) => at === null || enteredAt <= at;
  const termination = row.terminations.find(
    ({ enteredAt, withdrawnAt }) => known(enteredAt) && (withdrawnAt === null || (at !== null && withdrawnAt > at)),
  );
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

/** What the coverage of these tools rests on, as known at `at` (null: now), by tool id. */
export async function coverageFactsOf(
  tx: ClinicTx,
  tools: ReadonlyArray<{ readonly id: string; readonly vendorId: string; readonly category: string }>,
  at: Date | null = null,
): Promise<Map<string, CoverageFacts>> {
  if (tools.length === 0) return new Map();
  const known = at === null ? {} : { enteredAt: { lte: at } };
  const vendorIds = [...new Set(tools.map((tool) => tool.vendorId))];
  const baas = await tx.baa.findMany({
    where: { vendorId: { in: vendorIds }, ...(at === null ? {} : { createdAt: { lte: at } }) },
    include: BAA_FACTS,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const paths = await tx.inferencePath.findMany({
    where: { toolId: { in: tools.map((tool) => tool.id) }, ...known },
    include: { hops: { orderBy: { position: "asc" }, include: { baa: { include: BAA_FACTS } } } },
    orderBy: { number: "desc" },
    distinct: ["toolId"],
  });
  const byVendor = Map.groupBy(
    baas.map((baa) => ({ vendorId: baa.vendorId, facts: baaFacts(baa, at) })),
    ({ vendorId }) => vendorId,
  );
  const pathOf = new Map(paths.map((path) => [path.toolId, path]));
  return new Map(
    tools.map(({ id, vendorId, category }) => {
      const path = pathOf.get(id);
      const facts: CoverageFacts = {
        toolId: id,
        selfHosted: isSelfHosted({ category }),
        baas: (byVendor.get(vendorId) ?? []).map(({ facts }) => facts),
        path: path?.hops.map((hop) => hopFacts(hop, at)) ?? null,
      };
      return [id, facts];
    }),
  );
}

type HopRow = {
  readonly processor: string;
  readonly coverage: string;
  readonly baa: BaaRow | null;
  readonly shownOn: Date | null;
  readonly shownUntil: Date | null;
};

/** A hop as known at a moment; its BAA comes with `include: BAA_FACTS`. */
export function hopFacts(row: HopRow, at: Date | null = null): HopFacts {
  return {
    processor: row.processor,
    coverage: row.coverage as CoverageKind,
    baa: row.baa === null ? null : baaFacts(row.baa, at),
    shownOn: row.shownOn === null ? null : fromDatabaseDate(row.shownOn),
    shownUntil: row.shownUntil === null ? null : fromDatabaseDate(row.shownUntil),
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
  const where = vendorWhere(asked);
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
    include: { _count: { select: { tools: true } }, baas: { include: BAA_FACTS } },
  });
  return vendors.map((vendor) => {
    const baas = vendor.baas.map((baa) => baaFacts(baa));
    const { id, name, jurisdiction, website, contactName, businessAssociateReason, addedAt } = vendor;
    return {
      ...{ id, name, jurisdiction, website, contactName, businessAssociateReason, addedAt },
      businessAssociate: vendor.businessAssociate as BusinessAssociate,
      tools: vendor._count.tools,
      baas: baas.length,
      baa: bestStateOf(baas, today) ?? "none",
      until: baaEndings(baas, today)[0]?.until ?? null,
    };
  });
}

function vendorWhere({ q, associate }: ListAsked) {
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
  };
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
