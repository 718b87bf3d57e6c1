import "server-only";
import { withNames } from "#lib/domain/clinic/store.ts";
import { hopOnDay } from "#lib/domain/vendors/paths/rules.ts";
import type {
  BaaChoice,
  BaaOfVendor,
  CoverageShown,
  FileNamed,
  HopRole,
  HopShown,
  PathShown,
  ToolNamed,
} from "#lib/domain/vendors/paths/schema.ts";
import { baaOnDay, baaUntil, coverageOn } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts, CoverageFacts, CoverageKind, HopFacts } from "#lib/domain/vendors/schema.ts";
import { BAA_FACTS, baaFacts, hopFacts, isSelfHosted } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const FILE_NAMED = { select: { id: true, name: true, sha256: true } } as const;

/** A path with all that its page shows, as the database gives it. */
const PATH_IN_FULL = {
  file: FILE_NAMED,
  hops: {
    orderBy: { position: "asc" },
    include: { file: FILE_NAMED, baa: { include: { ...BAA_FACTS, vendor: { select: { name: true } } } } },
  },
} as const;

/** Which tool a path or a worksheet is about. */
export async function requireToolNamed(tx: ClinicTx, toolId: string): Promise<ToolNamed> {
  const tool = await tx.tool.findFirst({
    where: { id: toolId },
    select: { id: true, vendorId: true, vendor: true, product: true, surface: true, category: true },
  });
  if (tool === null) throw new NotFound();
  return tool;
}

type PathRow = Awaited<ReturnType<typeof findPaths>>[number];

/** How many earlier paths a page shows. */
export const EARLIER_PATHS_MAX = 50;

/** The paths of a tool, newest first. */
export async function findPaths(tx: ClinicTx, toolId: string, take: number) {
  return tx.inferencePath.findMany({ where: { toolId }, orderBy: { number: "desc" }, take, include: PATH_IN_FULL });
}

/** A path as a page shows it on a day, and the same hops as the rules of coverage take them. */
export function pathShown(
  row: PathRow,
  { today, nameOf }: { today: CalendarDate; nameOf: (memberId: string) => string },
): { shown: PathShown; facts: HopFacts[] } {
  const facts = row.hops.map((hop) => hopFacts(hop));
  const hops = row.hops.map((hop, index): HopShown => {
    const { position, processor, place, evidence, baaId, file } = hop;
    // Both lists are of the same hops.
    const onDay = hopOnDay(facts[index] as HopFacts, today);
    const { shownOn, shownUntil } = hopFacts(hop);
    const named = { role: hop.role as HopRole, coverage: hop.coverage as CoverageKind };
    return {
      position,
      processor,
      place,
      evidence,
      ...named,
      baaId,
      baa: baaNamed(hop.baa),
      shownOn,
      shownUntil,
      file,
      ...onDay,
    };
  });
  const { id, number, statedIn, file, enteredAt, recordedAt } = row;
  const statedOn = row.statedOn === null ? null : fromDatabaseDate(row.statedOn);
  const enteredBy = nameOf(row.enteredBy);
  return { shown: { id, number, statedIn, statedOn, file, enteredBy, enteredAt, recordedAt, hops }, facts };
}

function baaNamed(baa: PathRow["hops"][number]["baa"]): HopShown["baa"] {
  if (baa === null) return null;
  return { id: baa.id, vendorId: baa.vendorId, vendor: baa.vendor.name, reference: baa.reference };
}

/** What covers a tool today: the facts that its standing rests on, and the same as its page shows it. */
export async function coverageShownOf(
  tx: ClinicTx,
  tool: { id: string; vendorId: string; category: string },
  today: CalendarDate,
): Promise<{ facts: CoverageFacts; coverage: CoverageShown; path: PathShown | null }> {
  const rows = await tx.baa.findMany({
    where: { vendorId: tool.vendorId },
    include: BAA_FACTS,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const baas = rows.map((row) => baaFacts(row));
  const [newest] = await findPaths(tx, tool.id, 1);
  const path = newest === undefined ? null : await withNames(tx, (nameOf) => pathShown(newest, { today, nameOf }));
  const facts: CoverageFacts = {
    toolId: tool.id,
    selfHosted: isSelfHosted(tool),
    baas,
    path: path?.facts ?? null,
  };
  const coverage = coverageOn(facts, today);
  const shown = baas
    .flatMap((baa) => baaOfVendor(baa, tool.id, today))
    .sort(
      (a, b) => Number(b.id === coverage.baaId) - Number(a.id === coverage.baaId) || Number(b.names) - Number(a.names),
    );
  return { facts, coverage: { ...coverage, baas: shown }, path: path?.shown ?? null };
}

function baaOfVendor(baa: BaaFacts, toolId: string, today: CalendarDate): BaaOfVendor[] {
  const onDay = baaOnDay(baa, today);
  if (onDay === null) return [];
  const { effectiveOn, surfaces } = onDay.version;
  const until = baaUntil(baa, today);
  return [
    { id: baa.id, reference: baa.reference, state: onDay.state, names: surfaces.includes(toolId), until, effectiveOn },
  ];
}

/** Every BAA of the clinic, for a hop to name; by vendor. */
export async function listBaaChoices(tx: ClinicTx, today: CalendarDate): Promise<BaaChoice[]> {
  const rows = await tx.baa.findMany({
    include: { ...BAA_FACTS, vendor: { select: { name: true } } },
    orderBy: [{ vendor: { name: "asc" } }, { reference: "asc" }, { id: "asc" }],
    take: 2000,
  });
  return rows.map((row) => ({
    id: row.id,
    vendor: row.vendor.name,
    reference: row.reference,
    state: baaOnDay(baaFacts(row), today)?.state ?? null,
  }));
}

/** Files that earlier paths of a tool were proved by: what a new one may go on naming. */
export async function filesOfPaths(tx: ClinicTx, toolId: string): Promise<Map<string, FileNamed>> {
  const rows = await tx.inferencePath.findMany({
    where: { toolId },
    select: { file: FILE_NAMED, hops: { select: { file: FILE_NAMED } } },
  });
  const files = rows.flatMap((row) => [row.file, ...row.hops.map((hop) => hop.file)]).filter((file) => file !== null);
  return new Map(files.map((file) => [file.id, file]));
}
