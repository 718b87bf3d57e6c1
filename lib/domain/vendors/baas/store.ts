import "server-only";
import { withNames } from "#lib/domain/clinic/store.ts";
import { FILE_COLUMNS, fileShown } from "#lib/domain/files/store.ts";
import { countAnswers, requiredNotMet } from "#lib/domain/vendors/baas/rules.ts";
import {
  BaaCheckAnswers,
  type BaaCheckShown,
  type BaaShown,
  type BaaTerminationShown,
  type BaaVersionShown,
  type VendorTool,
} from "#lib/domain/vendors/baas/schema.ts";
import { baaEndings, baaOnDay, baaUntil, coverageOn } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts, BaaKind, Signature, ToolNamed } from "#lib/domain/vendors/schema.ts";
import { BAA_FACTS, baaFacts, coverageFactsOf, findBaas, vendorsThatMayEnd } from "#lib/domain/vendors/store.ts";
import { listBaaTerms } from "#lib/domain/vendors/terms/store.ts";
import { addDays, type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** A BAA with what its worth rests on. */
export async function requireBaa(
  tx: ClinicTx,
  baaId: string,
): Promise<{ id: string; vendorId: string; reference: string; version: number; facts: BaaFacts }> {
  const row = await tx.baa.findFirst({ where: { id: baaId }, include: BAA_FACTS });
  if (row === null) throw new NotFound();
  const { id, vendorId, reference, version } = row;
  return { id, vendorId, reference, version, facts: baaFacts(row) };
}

/** Which BAA a version belongs to. */
export async function requireBaaVersion(
  tx: ClinicTx,
  versionId: string,
): Promise<{ baaId: string; vendorId: string; reference: string; number: number }> {
  const row = await tx.baaVersion.findFirst({
    where: { id: versionId },
    select: { baaId: true, vendorId: true, number: true, baa: { select: { reference: true } } },
  });
  if (row === null) throw new NotFound();
  const { baaId, vendorId, number, baa } = row;
  return { baaId, vendorId, number, reference: baa.reference };
}

/** The number of the newest check of a version; 0 where nobody has checked it. */
export async function newestCheckNumber(tx: ClinicTx, versionId: string): Promise<number> {
  const newest = await tx.baaCheck.findFirst({
    where: { baaVersionId: versionId },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return newest?.number ?? 0;
}

/** A BAA that runs out with none to follow, and the tools that nothing covers from the next day on. */
export type BaaRunningOut = {
  readonly baaId: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly reference: string;
  /** The last day in force. */
  readonly until: CalendarDate;
  readonly losing: readonly ToolNamed[];
};

/** BAAs in force whose last day lies within so many days, soonest first. */
export async function listBaasRunningOut(tx: ClinicTx, today: CalendarDate, days: number): Promise<BaaRunningOut[]> {
  const latest = addDays(today, days);
  const vendors = await tx.vendor.findMany({
    where: { id: { in: await vendorsThatMayEnd(tx, days, today) } },
    select: { id: true, name: true, tools: { select: TOOL_NAMED } },
    orderBy: [{ nameKey: "asc" }],
  });
  const baas = await findBaas(tx, { vendorIds: vendors.map((vendor) => vendor.id) });
  const baasOf = Map.groupBy(baas, ({ vendorId }) => vendorId);
  return vendors
    .flatMap(({ id: vendorId, name: vendor, tools }) => {
      const own = (baasOf.get(vendorId) ?? []).map(({ facts }) => facts);
      return baaEndings(own, today)
        .filter(({ until }) => until <= latest)
        .map((ending) => ({
          ...ending,
          vendorId,
          vendor,
          losing: tools.filter((tool) => ending.losing.includes(tool.id)),
        }));
    })
    .sort((a, b) => a.until.localeCompare(b.until));
}

export const TOOL_NAMED = { id: true, product: true, surface: true } as const;

const SHOWN = {
  versions: {
    orderBy: { number: "desc" },
    include: {
      surfaces: { include: { tool: { select: TOOL_NAMED } }, orderBy: { tool: { nameKey: "asc" } } },
      documents: { include: { file: { select: FILE_COLUMNS } }, orderBy: { attachedAt: "asc" } },
      checks: { orderBy: { number: "desc" } },
    },
  },
  terminations: { orderBy: { enteredAt: "desc" } },
} as const;

/** BAAs in full as they stand on a day: all of a vendor, oldest first, or the one that is named. */
export async function listBaasShown(
  tx: ClinicTx,
  { vendorId, baaId }: { readonly vendorId: string; readonly baaId?: string },
  today: CalendarDate,
): Promise<BaaShown[]> {
  const rows = await findBaasShown(tx, baaId === undefined ? { vendorId } : { vendorId, id: baaId });
  return withNames(tx, (nameOf) => rows.map((row) => shownBaa(row, nameOf, today)));
}

function findBaasShown(tx: ClinicTx, where: { vendorId: string; id?: string }) {
  return tx.baa.findMany({ where, include: SHOWN, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

type Row = Awaited<ReturnType<typeof findBaasShown>>[number];
type NameOf = (memberId: string) => string;

function shownBaa(row: Row, nameOf: NameOf, today: CalendarDate): BaaShown {
  const facts = baaFacts(row);
  const onDay = baaOnDay(facts, today);
  if (onDay === null) throw new Error("a BAA has at least one version that stands");
  const { id, vendorId, reference, version, createdAt } = row;
  const correctedBy = new Map(row.versions.map((candidate) => [candidate.corrects, candidate.number]));
  return {
    ...{ id, vendorId, reference, version, createdAt },
    state: onDay.state,
    governing: onDay.version.number,
    until: baaUntil(facts, today),
    versions: row.versions.map((candidate) =>
      shownVersion(candidate, correctedBy.get(candidate.number) ?? null, nameOf),
    ),
    terminations: row.terminations
      .map((termination) => shownTermination(termination, nameOf))
      .sort((a, b) => Number(a.withdrawn !== null) - Number(b.withdrawn !== null)),
    checks: row.versions.flatMap(({ number, checks }) => checks.map((check) => shownCheck(check, number, nameOf))),
  };
}

function shownVersion(row: Row["versions"][number], correctedBy: number | null, nameOf: NameOf): BaaVersionShown {
  const { id, number, corrects, ourParty, theirParty, noticeDays, services, note, enteredAt, recordedAt } = row;
  return {
    ...{ id, number, corrects, correctedBy, ourParty, theirParty, noticeDays, services, note, enteredAt, recordedAt },
    kind: row.kind as BaaKind,
    agreedOn: fromDatabaseDate(row.agreedOn),
    effectiveOn: fromDatabaseDate(row.effectiveOn),
    expiresOn: row.expiresOn === null ? null : fromDatabaseDate(row.expiresOn),
    signature: row.signature as Signature,
    surfaces: row.surfaces.map(({ tool }) => tool),
    enteredBy: nameOf(row.enteredBy),
    documents: row.documents.map(({ file, attachedBy }) => ({ ...fileShown(file), attachedBy: nameOf(attachedBy) })),
  };
}

function shownTermination(row: Row["terminations"][number], nameOf: NameOf): BaaTerminationShown {
  const { id, reason, enteredAt, recordedAt, withdrawnAt, withdrawnBy, withdrawnReason } = row;
  return {
    ...{ id, reason, enteredAt, recordedAt },
    lastDay: fromDatabaseDate(row.lastDay),
    enteredBy: nameOf(row.enteredBy),
    withdrawn:
      withdrawnAt === null ? null : { by: nameOf(withdrawnBy ?? ""), at: withdrawnAt, reason: withdrawnReason ?? "" },
  };
}

function shownCheck(row: Row["versions"][number]["checks"][number], version: number, nameOf: NameOf): BaaCheckShown {
  const { number, checkedAt, recordedAt } = row;
  const { answers } = BaaCheckAnswers.parse(row.answers);
  return {
    ...{ number, version, checkedAt, recordedAt, answers },
    counts: countAnswers(answers),
    requiredNotMet: requiredNotMet(listBaaTerms(), answers),
    checkedBy: nameOf(row.checkedBy),
  };
}

/** Tools whose newest inference path has a hop that this BAA covers: what would stand open without it. */
export async function toolsWhosePathRestsOn(tx: ClinicTx, baaId: string): Promise<ToolNamed[]> {
  const hops = await tx.inferenceHop.findMany({
    where: { baaId },
    select: { path: { select: { toolId: true } } },
  });
  const toolIds = [...new Set(hops.map(({ path }) => path.toolId))];
  const newest = await tx.inferencePath.findMany({
    where: { toolId: { in: toolIds } },
    orderBy: { number: "desc" },
    distinct: ["toolId"],
    select: { tool: { select: TOOL_NAMED }, hops: { where: { baaId }, select: { position: true } } },
  });
  return newest.filter((path) => path.hops.length > 0).map((path) => path.tool);
}

const BY_PRODUCT = [{ product: "asc" as const }, { surface: "asc" as const }, { id: "asc" as const }];

/** All of a vendor's tools in the register, by product: what an agreement may name. */
export async function listVendorTools(tx: ClinicTx, vendorId: string): Promise<ToolNamed[]> {
  return tx.tool.findMany({ where: { vendorId }, select: TOOL_NAMED, orderBy: BY_PRODUCT });
}

/** How many of a vendor's tools its page shows. */
export const VENDOR_TOOLS_SHOWN_MAX = 500;

/** The first of a vendor's tools in the register with what covers each today, by product, and how many more there are. */
export async function vendorTools(
  tx: ClinicTx,
  vendorId: string,
  today: CalendarDate,
): Promise<{ tools: VendorTool[]; moreTools: number }> {
  const rows = await tx.tool.findMany({
    where: { vendorId },
    select: { ...TOOL_NAMED, status: true, vendorId: true, category: true },
    orderBy: BY_PRODUCT,
    take: VENDOR_TOOLS_SHOWN_MAX,
  });
  const facts = await coverageFactsOf(tx, rows);
  const tools = rows.flatMap(({ vendorId: _vendorId, category: _category, ...tool }) => {
    const own = facts.get(tool.id);
    return own === undefined ? [] : [{ ...tool, coverage: coverageOn(own, today) }];
  });
  return { tools, moreTools: (await tx.tool.count({ where: { vendorId } })) - rows.length };
}
