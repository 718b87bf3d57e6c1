import "server-only";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { keepBaaVersions, requireRecorder } from "#lib/domain/vendors/baas/steps.ts";
import type { BaaStep, VendorStep } from "#lib/domain/vendors/imports/rules.ts";
import { NOTHING_KNOWN, type VendorFacts } from "#lib/domain/vendors/imports/schema.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import { insertMany } from "#lib/platform/db/insert-many.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Writes down what rows say of vendors: those that are new, and what has changed of the others. */
export async function keepVendors(
  tx: ClinicTx,
  ctx: WorkContext,
  steps: readonly VendorStep[],
): Promise<readonly AuditEvent[]> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("vendor.keep");
  const added = steps.flatMap((step) => (step.kind === "add" ? [{ ...step, id: newId() }] : []));
  const vendors = added.map(({ id, name, key, facts }) => ({
    ...{ id, name, nameKey: key, ...facts, version: isDescribed(facts) ? 2 : 1 },
    ...{ addedBy: memberId, addedAt: ctx.now },
  }));
  await insertMany(tx, "vendor", vendors);
  const changed = steps.flatMap((step) => (step.kind === "change" ? [step] : []));
  await changeVendors(tx, changed);
  const described = [
    ...added.map(({ id, facts: { jurisdiction } }) => ({ id, facts: { ...NOTHING_KNOWN, jurisdiction }, number: 1 })),
    ...added.filter(({ facts }) => isDescribed(facts)).map(({ id, facts }) => ({ id, facts, number: 2 })),
    ...changed.map(({ vendor: { id, version }, facts }) => ({ id, facts, number: version + 1 })),
  ];
  const descriptions = described.map(({ id, facts, number }) => ({
    ...{ ...facts, vendorId: id, number, describedBy: memberId, describedAt: ctx.now },
  }));
  await insertMany(tx, "vendor_description", descriptions);
  return [
    ...added.map(({ id, name, facts: { jurisdiction } }): AuditEvent => {
      return { type: "vendor.registered", id, name, jurisdiction };
    }),
    ...described
      .filter(({ number }) => number > 1)
      .map(({ id, facts }): AuditEvent => ({ type: "vendor.described", id, ...facts })),
  ];
}

// A vendor is registered with its name and where it sits; anything more is somebody's description of it.
function isDescribed(facts: VendorFacts): boolean {
  const { jurisdiction: _, ...more } = facts;
  return Object.entries(more).some(([field, value]) => value !== NOTHING_KNOWN[field as keyof VendorFacts]);
}

type VendorChange = Extract<VendorStep, { kind: "change" }>;

// What says the same of many vendors is one statement.
async function changeVendors(tx: ClinicTx, changes: readonly VendorChange[]): Promise<void> {
  const alike = Map.groupBy(changes, ({ vendor, facts }) => JSON.stringify([vendor.version, facts]));
  for (const group of alike.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { count } = await tx.vendor.updateMany({
      where: { id: { in: group.map(({ vendor }) => vendor.id) }, version: first.vendor.version },
      data: { ...first.facts, version: { increment: 1 } },
    });
    if (count !== group.length) throw refuse("import.changed_meanwhile");
  }
}

/** Records agreements as they stand in a file: each as an original version, and its end where it has one. */
export async function keepBaas(
  tx: ClinicTx,
  ctx: WorkContext,
  steps: readonly BaaStep[],
): Promise<readonly AuditEvent[]> {
  const memberId = requireRecorder(ctx);
  await assertStillNew(tx, steps);
  const baas = steps.map((step) => ({ ...step, baaId: newId() }));
  await tx.baa.createMany({
    data: baas.map(({ baaId, vendorId, reference }) => ({
      ...{ id: baaId, vendorId, reference, createdBy: memberId, createdAt: ctx.now },
    })),
  });
  const { events } = await keepBaaVersions(
    tx,
    ctx,
    baas.map(({ agreement, baaId, vendorId, reference }) => ({
      ...{ ...agreement, baaId, vendorId, reference, number: 1, kind: "original" as const, corrects: null },
    })),
  );
  const ends = baas.flatMap(({ baaId, vendorId, ended }) =>
    ended === null ? [] : [{ baaId, vendorId, ...ended, terminationId: newId() }],
  );
  await tx.baaTermination.createMany({
    data: ends.map(({ baaId, terminationId, lastDay, reason }) => ({
      ...{ id: terminationId, baaId, lastDay: toDatabaseDate(lastDay), reason },
      ...{ enteredBy: memberId, enteredAt: ctx.now },
    })),
  });
  const ended = ends.map(
    ({ baaId, vendorId, terminationId, lastDay, reason }): AuditEvent => ({
      ...{ type: "baa.terminated", id: baaId, vendorId, terminationId, lastDay, reason },
    }),
  );
  return [...events, ...ended];
}

// The plan was made before these vendors were locked: an agreement of the same reference, recorded in a form or by another
// import, may have come between.
async function assertStillNew(tx: ClinicTx, steps: readonly BaaStep[]): Promise<void> {
  const vendorIds = steps.map(({ vendorId }) => vendorId);
  await lockVendors(tx, vendorIds);
  const known = await inParts(vendorIds, (part) =>
    tx.baa.findMany({ where: { vendorId: { in: part } }, select: { vendorId: true, reference: true } }),
  );
  const taken = new Set(known.map(agreementKey));
  if (steps.some((step) => taken.has(agreementKey(step)))) throw refuse("import.changed_meanwhile");
}

function agreementKey({ vendorId, reference }: { readonly vendorId: string; readonly reference: string }): string {
  return `${vendorId} ${foldForSearch(reference)}`;
}

/** Makes changes around these vendors follow each other until the end of the transaction. */
async function lockVendors(tx: ClinicTx, vendorIds: readonly string[]): Promise<void> {
  await tx.vendor.updateMany({ where: { id: { in: [...new Set(vendorIds)] } }, data: { version: { increment: 0 } } });
}
