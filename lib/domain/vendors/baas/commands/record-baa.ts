import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { assertBaaDates } from "#lib/domain/vendors/baas/rules.ts";
import { RecordBaa } from "#lib/domain/vendors/baas/schema.ts";
import { keepBaaDocument, keepBaaVersions, requireRecorder } from "#lib/domain/vendors/baas/steps.ts";
import { lockVendor } from "#lib/domain/vendors/steps.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Records an agreement with a vendor: its first version, the tools that it names, and the signed paper if there is one. */
export const recordBaa = defineCommand(
  "record-baa",
  "baa.record",
  RecordBaa,
  async ({ tx, ctx }, { vendorId, reference, file, ...agreement }) => {
    const createdBy = requireRecorder(ctx);
    assertBaaDates(agreement, ctx.today);
    // Sent twice at once, an agreement is still one: the second waits here and then finds the first.
    await lockVendor(tx, vendorId);
    const known = await tx.baa.findMany({ where: { vendorId }, select: { id: true, reference: true } });
    const twin = known.find((other) => foldForSearch(other.reference) === foldForSearch(reference));
    if (twin !== undefined) {
      throw refuse("baa.already_recorded", { reference: twin.reference, vendorId, baaId: twin.id }, "reference");
    }
    const baaId = newId();
    await tx.baa.create({
      data: { id: baaId, vendorId, reference, createdBy, createdAt: ctx.now },
      select: { id: true },
    });
    const { versionIds, events } = await keepBaaVersions(tx, ctx, [
      { ...agreement, baaId, vendorId, reference, number: 1, kind: "original", corrects: null },
    ]);
    const [versionId = ""] = versionIds;
    const [recorded] = events;
    if (recorded === undefined) throw new Error("a version that was kept has its event");
    const paper = file === null ? [] : (await keepBaaDocument(tx, ctx, { baaId, vendorId, versionId, file })).events;
    return done({ vendorId, baaId, versionId }, recorded, ...paper);
  },
  // A paper of 20 MB takes its time on a slow disk.
  { timeoutSeconds: 30 },
);
