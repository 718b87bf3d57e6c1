import "server-only";
import type { BaaFacts, CoverageFacts, CoverageKind, HopFacts, Signature } from "#lib/domain/vendors/schema.ts";
import { fromDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

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
  tools: ReadonlyArray<{ readonly id: string; readonly vendorId: string }>,
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
  const byVendor = Map.groupBy(baas, (baa) => baa.vendorId);
  const pathOf = new Map(paths.map((path) => [path.toolId, path]));
  return new Map(
    tools.map(({ id, vendorId }) => {
      const path = pathOf.get(id);
      const hops = path?.hops.map(
        (hop): HopFacts => ({
          processor: hop.processor,
          coverage: hop.coverage as CoverageKind,
          baa: hop.baa === null ? null : baaFacts(hop.baa, at),
          shownOn: hop.shownOn === null ? null : fromDatabaseDate(hop.shownOn),
          shownUntil: hop.shownUntil === null ? null : fromDatabaseDate(hop.shownUntil),
        }),
      );
      const facts: CoverageFacts = {
        toolId: id,
        baas: (byVendor.get(vendorId) ?? []).map((baa) => baaFacts(baa, at)),
        path: hops ?? null,
      };
      return [id, facts];
    }),
  );
}
