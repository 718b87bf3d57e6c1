import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { FileUpload } from "#lib/domain/files/schema.ts";
import { keepFile } from "#lib/domain/files/steps.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { assertMayRecord, namesProcessor } from "#lib/domain/vendors/paths/rules.ts";
import { type Hop, RecordInferencePath } from "#lib/domain/vendors/paths/schema.ts";
import { filesOfPaths, requireToolNamed } from "#lib/domain/vendors/paths/store.ts";
import { coverageOn } from "#lib/domain/vendors/rules.ts";
import { coverageFactsOf } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, NotFound, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * Records which companies a prompt passes through, all of them at once. Of two that were written on the same page only
 * the first is recorded; the other is refused `inference_path.recorded_meanwhile`.
 */
export const recordInferencePath = defineCommand(
  "record-inference-path",
  "path.record",
  RecordInferencePath,
  async ({ tx, ctx }, input) => {
    const enteredBy = actingMemberId(ctx);
    if (enteredBy === null) throw new Forbidden("path.record");
    const { toolId, statedIn, statedOn } = input;
    const tool = await requireToolNamed(tx, toolId);
    const { product, surface } = tool;
    assertMayRecord(input, ctx.today);
    await requireBaas(tx, input.hops);
    const newest = await tx.inferencePath.aggregate({ where: { toolId }, _max: { number: true } });
    if ((newest._max.number ?? 0) !== input.after) throw refuse("inference_path.recorded_meanwhile");
    const id = newId();
    const number = input.after + 1;
    const keeping = await fileKeeper(tx, ctx, toolId);
    const fileId = await keeping.keep(input, "file");
    const { count } = await tx.inferencePath.createMany({
      data: [{ id, toolId, number, statedIn, statedOn: databaseDate(statedOn), fileId, enteredBy, enteredAt: ctx.now }],
      // Another transaction may have taken the number since.
      skipDuplicates: true,
    });
    if (count === 0) throw refuse("inference_path.recorded_meanwhile");
    const hops = [];
    for (const [index, hop] of input.hops.entries()) {
      if (hop === null) continue;
      const { processor, role, place, coverage, baaId, shownOn, shownUntil, evidence } = hop;
      hops.push({
        ...{ pathId: id, position: hops.length + 1, processor, role, place, coverage, baaId, evidence },
        ...{ shownOn: databaseDate(shownOn), shownUntil: databaseDate(shownUntil) },
        fileId: await keeping.keep(hop, `hops.${index}.file`),
      });
    }
    await tx.inferenceHop.createMany({ data: hops });
    const facts = (await coverageFactsOf(tx, [tool])).get(toolId);
    const uncovered = facts === undefined ? 0 : coverageOn(facts, ctx.today).uncovered.length;
    return done(
      { toolId, pathId: id, number, uncovered },
      {
        ...{ type: "inference_path.recorded", id, toolId, product, surface, number, statedIn, statedOn, fileId },
        processors: hops.map((hop) => hop.processor),
        roles: hops.map((hop) => hop.role),
        places: hops.map((hop) => hop.place),
        evidence: hops.map((hop) => hop.evidence),
        coverages: hops.map((hop) => hop.coverage),
        baas: hops.map((hop) => hop.baaId),
      },
      ...keeping.events,
    );
  },
  { timeoutSeconds: 60 },
);

async function requireBaas(tx: ClinicTx, hops: ReadonlyArray<Hop | null>): Promise<void> {
  const named = [...new Set(hops.flatMap((hop) => (hop?.baaId == null ? [] : [hop.baaId])))];
  if (named.length === 0) return;
  const baas = await tx.baa.findMany({
    where: { id: { in: named } },
    select: { id: true, reference: true, vendor: { select: { name: true } }, versions: PARTIES },
  });
  if (baas.length !== named.length) throw new NotFound();
  const byId = new Map(baas.map((baa) => [baa.id, baa]));
  for (const [index, hop] of hops.entries()) {
    const baa = hop?.baaId == null ? undefined : byId.get(hop.baaId);
    if (hop === null || baa === undefined) continue;
    const names = [baa.vendor.name, ...baa.versions.flatMap(({ theirParty, services }) => [theirParty, ...services])];
    if (!namesProcessor(names, hop.processor)) {
      const { processor } = hop;
      throw refuse("inference_path.baa_of_another", { processor, vendor: baa.vendor.name }, `hops.${index}.baaId`);
    }
  }
}

const PARTIES = { select: { theirParty: true, services: true } } as const;

/** Keeps new files, and lets a path go on naming those of the paths before it; a file from elsewhere is not found. */
async function fileKeeper(tx: ClinicTx, ctx: WorkContext, toolId: string) {
  const earlier = await filesOfPaths(tx, toolId);
  const events: AuditEvent[] = [];
  const keep = async (
    { file, keptFileId }: { file: FileUpload | null; keptFileId: string | null },
    field: string,
  ): Promise<string | null> => {
    if (file !== null) {
      const kept = await keepFile(tx, ctx, file, { use: "proof", field });
      events.push(kept.event);
      return kept.fileId;
    }
    if (keptFileId !== null && !earlier.has(keptFileId)) throw new NotFound();
    return keptFileId;
  };
  return { events, keep };
}

function databaseDate(date: CalendarDate | null): Date | null {
  return date === null ? null : toDatabaseDate(date);
}
