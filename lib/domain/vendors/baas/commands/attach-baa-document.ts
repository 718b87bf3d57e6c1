import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { AttachBaaDocument } from "#lib/domain/vendors/baas/schema.ts";
import { keepBaaDocument, lockBaa, requireRecorder } from "#lib/domain/vendors/baas/steps.ts";
import { requireBaaVersion } from "#lib/domain/vendors/baas/store.ts";

/** Keeps the signed paper of a version that was recorded without it, or another that belongs to it. */
export const attachBaaDocument = defineCommand(
  "attach-baa-document",
  "baa.record",
  AttachBaaDocument,
  async ({ tx, ctx }, { versionId, file }) => {
    requireRecorder(ctx);
    const { baaId, vendorId } = await requireBaaVersion(tx, versionId);
    // So that the same file, sent twice at once, is kept once.
    await lockBaa(tx, baaId);
    const { fileId, events } = await keepBaaDocument(tx, ctx, { baaId, vendorId, versionId, file });
    return done({ vendorId, baaId, fileId }, ...events);
  },
  { timeoutSeconds: 30 },
);
