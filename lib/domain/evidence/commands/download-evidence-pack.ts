import "server-only";
import { z } from "zod";
import { defineCommand, done } from "#lib/domain/command.ts";
import { requirePack } from "#lib/domain/evidence/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** Writes down that somebody takes a pack away; runs before the first byte leaves. */
export const downloadEvidencePack = defineCommand(
  "download-evidence-pack",
  "evidence.download",
  z.object({ packId: z.uuid() }),
  async ({ tx }, { packId }) => {
    const { status, fileName, sizeBytes, sha256 } = await requirePack(tx, packId);
    if (status !== "ready" || fileName === null || sizeBytes === null || sha256 === null) throw new NotFound();
    return done(
      { packId, fileName, sizeBytes: Number(sizeBytes), sha256 },
      { type: "evidence.downloaded", id: packId, sha256 },
    );
  },
);
