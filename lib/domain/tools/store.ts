import "server-only";
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { servingOn } from "#lib/domain/clinic/store.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { nameKeyOf, standingOf } from "#lib/domain/tools/rules.ts";
import {
  type Catalogued,
  CatalogueFile,
  type DeepseekRelation,
  type RegisterPage,
  type StandingWithReasons,
  type Status,
  ToolFacts,
  type ToolRow,
} from "#lib/domain/tools/schema.ts";
import type { Coverage } from "#lib/domain/vendors/schema.ts";
import { coverageFactsOf } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { readContent } from "#lib/platform/content/read-content.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";

let catalogue: readonly Catalogued[] | undefined;

/** The catalogue that comes with the product, by vendor and product; read once a process. */
export function listCatalogue(): readonly Catalogued[] {
  catalogue ??= readContent("catalogue", CatalogueFile)
    .flatMap(({ value: { key: vendorKey, vendor, jurisdiction, entries } }) =>
      entries.map((entry) => {
        const described = { ...entry, vendorKey, vendor, jurisdiction };
        return { ...described, sha256: bodySha256(bodyText(withoutUndefined(described))) };
      }),
    )
    .sort((a, b) => nameKeyOf(a).localeCompare(nameKeyOf(b)));
  return catalogue;
}

// Canonical JSON refuses undefined members; optional facts that are absent simply don't stand in it.
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** A catalogue entry as the facts that an adoption copies. */
export function factsOf(entry: Catalogued): ToolFacts {
  const {
    jurisdiction,
    baa,
    trainsOnInputs,
    dataResidency,
    retention,
    recommendation,
    conditions,
    why,
    sources,
    asOf,
    confidence,
  } = entry;
  const notes = entry.notes ?? "";
  return {
    jurisdiction,
    baa,
    trainsOnInputs,
    dataResidency,
    retention,
    recommendation,
    conditions,
    why,
    notes,
    sources,
    asOf,
    confidence,
  };
}

export type StoredTool = {
  readonly id: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly modelFamily: string;
  readonly category: string;
  readonly deepseek: DeepseekRelation;
  readonly deepseekNarrowed: boolean;
  readonly status: Status;
  readonly conditions: readonly string[];
  readonly reviewOn: CalendarDate | null;
  readonly statusSince: Date;
  readonly facts: ToolFacts;
  readonly catalogueKey: string | null;
  readonly catalogueHash: string | null;
  readonly version: number;
  readonly addedAt: Date;
  readonly recordedAt: Date;
  readonly addedBy: string;
  readonly hostnames: ReadonlyArray<{ readonly name: string; readonly verified: boolean }>;
};

/** The hostnames that a tool has now, in order. */
export const HOSTNAMES = { where: { removedAt: null }, orderBy: { name: "asc" } } as const;

export async function requireTool(tx: ClinicTx, id: string): Promise<StoredTool> {
  const row = await tx.tool.findFirst({ where: { id }, include: { hostnames: HOSTNAMES } });
  if (row === null) throw new NotFound();
  return storedTool(row);
}

type Row = NonNullable<Awaited<ReturnType<ClinicTx["tool"]["findFirst"]>>> & {
  hostnames: Array<{ name: string; verified: boolean }>;
};

export function storedTool(row: Row): StoredTool {
  return {
    id: row.id,
    vendorId: row.vendorId,
    vendor: row.vendor,
    product: row.product,
    surface: row.surface,
    modelFamily: row.modelFamily,
    category: row.category,
    deepseek: row.deepseek as DeepseekRelation,
    deepseekNarrowed: row.deepseekNarrowed,
    status: row.status as Status,
    conditions: row.conditions,
    reviewOn: row.reviewOn === null ? null : fromDatabaseDate(row.reviewOn),
    statusSince: row.statusSince,
    facts: ToolFacts.parse(row.facts),
    catalogueKey: row.catalogueKey,
    catalogueHash: row.catalogueHash,
    version: row.version,
    addedAt: row.addedAt,
    recordedAt: row.recordedAt,
    addedBy: row.addedBy,
    hostnames: row.hostnames.map(({ name, verified }) => ({ name, verified })),
  };
}

/** What the decision rests on, as kept with it: the tool's names and facts at that moment. */
export function snapshotOf(tool: {
  vendor: string;
  product: string;
  surface: string;
  modelFamily: string;
  category: string;
  deepseek: DeepseekRelation;
  deepseekNarrowed: boolean;
  facts: ToolFacts;
  catalogueKey: string | null;
  catalogueHash: string | null;
  hostnames: ReadonlyArray<{ name: string; verified: boolean }>;
  /** What covered it, and the worksheet that the decision rests on; absent where nobody looked. */
  coverage?: Coverage | null;
  dueDiligence?: DecidedOn | null;
}): { snapshot: Record<string, unknown>; snapshotSha256: string } {
  const {
    vendor,
    product,
    surface,
    modelFamily,
    category,
    deepseek,
    deepseekNarrowed,
    facts,
    catalogueKey,
    catalogueHash,
    hostnames,
    coverage = null,
    dueDiligence = null,
  } = tool;
  const snapshot = withoutUndefined({
    // The hash stands in the ledger for ever; without a salt it could be guessed back to what a person typed.
    salt: randomBytes(32).toString("base64url"),
    vendor,
    product,
    surface,
    modelFamily,
    category,
    deepseek,
    deepseekNarrowed,
    facts,
    catalogueKey,
    catalogueSha256: catalogueHash,
    hostnames: [...hostnames].sort((a, b) => (a.name < b.name ? -1 : 1)),
    coverage,
    dueDiligence,
  }) as Record<string, unknown>;
  return { snapshot, snapshotSha256: bodySha256(bodyText(snapshot)) };
}

/** Members who could make a decision on `today`: by role, and between their first and last day. */
export async function listActiveDeciders(tx: ClinicTx, today: CalendarDate): Promise<string[]> {
  const members = await tx.member.findMany({
    where: { ...servingOn(today), role: { in: rolesWith("tool.decide") } },
    select: { id: true },
  });
  return members.map((member) => member.id);
}

/** A worksheet as a decision's snapshot names it. */
export type DecidedOn = { readonly id: string; readonly number: number; readonly answersSha256: string };

type StandingRow = Pick<
  StoredTool,
  "id" | "vendorId" | "category" | "status" | "deepseek" | "deepseekNarrowed" | "reviewOn" | "statusSince" | "addedAt"
>;

/** The columns that a standing is computed from, where all of a clinic's tools are looked at: `select: STANDING_COLUMNS`. */
export const STANDING_COLUMNS = {
  id: true,
  vendorId: true,
  category: true,
  status: true,
  deepseek: true,
  deepseekNarrowed: true,
  reviewOn: true,
  statusSince: true,
  addedAt: true,
} as const;

export function standingRow(row: Pick<Row, keyof typeof STANDING_COLUMNS>): StandingRow {
  const { status, deepseek, reviewOn, ...columns } = row;
  return {
    ...columns,
    status: status as Status,
    deepseek: deepseek as DeepseekRelation,
    reviewOn: reviewOn === null ? null : fromDatabaseDate(reviewOn),
  };
}

/** Who asks for a standing: an exception may be theirs, or their role's. Nobody in particular: no exception counts. */
export type Asker = { readonly memberId: string; readonly role: Role } | null;

/** The standing of each tool today for the one who asks, by tool id, and what covers those that are approved for patient data. */
export async function standingsOf(
  tx: ClinicTx,
  tools: readonly StandingRow[],
  today: CalendarDate,
  asker: Asker = null,
): Promise<Map<string, StandingWithReasons>> {
  const coverage = await coverageFactsOf(
    tx,
    tools.filter((tool) => tool.status === "approved_for_phi"),
  );
  const excepted = await exceptedToolIds(tx, tools, today, asker);
  return new Map(
    tools.map((tool) => [
      tool.id,
      standingOf(
        {
          status: tool.status,
          deepseek: tool.deepseek,
          narrowed: tool.deepseekNarrowed,
          reviewOn: tool.reviewOn,
          decided: isDecided(tool),
          coverage: coverage.get(tool.id) ?? null,
          excepted: excepted.has(tool.id),
        },
        today,
      ),
    ]),
  );
}

/** Adoption and registration set both to the same moment; a decision moves the one. */
export function isDecided(tool: { readonly statusSince: Date; readonly addedAt: Date }): boolean {
  return tool.statusSince.getTime() !== tool.addedAt.getTime();
}

async function exceptedToolIds(
  tx: ClinicTx,
  tools: readonly StandingRow[],
  today: CalendarDate,
  asker: Asker,
): Promise<Set<string>> {
  const liftable = tools.filter((tool) => tool.status === "prohibited" || tool.status === "needs_review");
  if (asker === null || liftable.length === 0) return new Set();
  const date = toDatabaseDate(today);
  const exceptions = await tx.toolException.findMany({
    where: {
      toolId: { in: liftable.map((tool) => tool.id) },
      startsOn: { lte: date },
      endsOn: { gte: date },
      withdrawnAt: null,
      OR: [{ memberId: asker.memberId }, { role: asker.role }],
    },
    select: { toolId: true },
  });
  return new Set(exceptions.map((exception) => exception.toolId));
}

/** The one who acts, as far as exceptions go. */
export function askerOf(ctx: ClinicContext): Asker {
  return ctx.actor.kind === "member" ? { memberId: ctx.actor.memberId, role: ctx.actor.role } : null;
}

/** Rows of the register as lists show them, each with its standing today. */
export async function toolRows(
  tx: ClinicTx,
  rows: ReadonlyArray<Omit<Row, "hostnames">>,
  today: CalendarDate,
  asker: Asker = null,
): Promise<ToolRow[]> {
  const stored = rows.map((row) => storedTool({ ...row, hostnames: [] }));
  const standings = await standingsOf(tx, stored, today, asker);
  return stored.flatMap(({ facts, ...tool }) => {
    const standing = standings.get(tool.id);
    if (standing === undefined) return [];
    const { id, vendorId, vendor, product, surface, modelFamily, category, status, statusSince, conditions, reviewOn } =
      tool;
    const { recommendation } = facts;
    const named = { id, vendorId, vendor, product, surface, modelFamily, category };
    return [{ ...named, status, statusSince, conditions, reviewOn, recommendation, standing }];
  });
}

type Filters = Pick<z.output<typeof RegisterPage>, "q" | "status">;

type Paged = Filters & Pick<z.output<typeof RegisterPage>, "sort" | "direction" | "page"> & { readonly size: number };

/** One page of the register and how many tools fit the filters in all. */
export async function findToolsPage(
  tx: ClinicTx,
  page: Paged,
  today: CalendarDate,
): Promise<{ rows: ToolRow[]; total: number }> {
  const where = toolWhere(page);
  const total = await tx.tool.count({ where });
  const rows = await tx.tool.findMany({
    where,
    orderBy: toolOrder(page.sort, page.direction),
    skip: (page.page - 1) * page.size,
    take: page.size,
  });
  return { rows: await toolRows(tx, rows, today), total };
}

export async function countToolsByStatus(tx: ClinicTx): Promise<Partial<Record<Status, number>>> {
  const groups = await tx.tool.groupBy({ by: ["status"], _count: { _all: true } });
  return Object.fromEntries(groups.map((group) => [group.status, group._count._all]));
}

function toolWhere(filters: Filters) {
  const words = foldForSearch(filters.q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
  // Signs alone name nothing: they find nothing, not everything.
  if (filters.q !== "" && words.length === 0) return { id: { in: [] } };
  // Only what a host name is made of: the database would take % and _ for a pattern.
  const host = filters.q.trim().toLowerCase();
  return {
    ...(filters.status.length > 0 ? { status: { in: filters.status } } : {}),
    ...(words.length > 0
      ? {
          OR: [
            { AND: words.map((word) => ({ nameKey: { contains: word } })) },
            ...(/^[a-z0-9.*-]+$/.test(host)
              ? [{ hostnames: { some: { name: { contains: host }, removedAt: null } } }]
              : []),
          ],
        }
      : {}),
  };
}

function toolOrder(sort: z.output<typeof RegisterPage>["sort"], direction: "asc" | "desc") {
  const tail = [{ nameKey: "asc" as const }, { id: "asc" as const }];
  switch (sort) {
    case "product":
      return [{ product: direction }, ...tail];
    case "vendor":
      return [{ vendor: direction }, ...tail];
    case "status":
      return [{ status: direction }, ...tail];
    case "since":
      return [{ statusSince: direction }, ...tail];
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}
