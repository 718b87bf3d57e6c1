import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { assertBaaDates, assertFits } from "#lib/domain/vendors/baas/rules.ts";
import { AddBaaVersion } from "#lib/domain/vendors/baas/schema.ts";
import {
  countBaaChange,
  keepBaaDocument,
  keepBaaVersions,
  requireBaaAsSeen,
  requireRecorder,
} from "#lib/domain/vendors/baas/steps.ts";

/**
 * Adds what was agreed later, or what was recorded wrongly: an amendment, a renewal, or a correction of an earlier version.
 * Nothing is written over.
 */
export const addBaaVersion = defineCommand(
  "add-baa-version",
  "baa.record",
  AddBaaVersion,
  async ({ tx, ctx }, { baaId, version, file, ...agreement }) => {
    requireRecorder(ctx);
    const added = { ...agreement, corrects: agreement.kind === "correction" ? agreement.corrects : null };
    assertBaaDates(added, ctx.today);
    const { vendorId, reference, facts } = await requireBaaAsSeen(tx, { baaId, version });
    assertFits(added, facts);
    const number = Math.max(...facts.versions.map((earlier) => earlier.number)) + 1;
    await countBaaChange(tx, baaId);
    const { versionIds, events } = await keepBaaVersions(tx, ctx, [{ ...added, baaId, vendorId, reference, number }]);
    const [versionId = ""] = versionIds;
    const [recorded] = events;
    if (recorded === undefined) throw new Error("a version that was kept has its event");
    const paper = file === null ? [] : (await keepBaaDocument(tx, ctx, { baaId, vendorId, versionId, file })).events;
    return done({ vendorId, baaId, versionId, number }, recorded, ...paper);
  },
  { timeoutSeconds: 30 },
);
