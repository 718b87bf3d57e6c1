import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { PACK_CHUNK_BYTES } from "#lib/domain/evidence/schema.ts";
import { requirePack } from "#lib/domain/evidence/store.ts";
import { sha256Hex } from "#lib/proof/hash.ts";

const CompleteEvidencePack = z.object({
  packId: z.uuid(),
  fileName: z.string().regex(/^[A-Za-z0-9._-]+\.zip$/),
  bytes: z.instanceof(Uint8Array),
});

/** Keeps the finished ZIP. A second attempt that comes too late changes nothing. */
export const completeEvidencePack = defineCommand(
  "complete-evidence-pack",
  "evidence.build",
  CompleteEvidencePack,
  async ({ tx, ctx }, { packId, fileName, bytes }) => {
    await requirePack(tx, packId);
    const sha256 = sha256Hex(bytes);
    const { count } = await tx.evidencePack.updateMany({
      where: { id: packId, status: { not: "ready" } },
      data: { status: "ready", fileName, sizeBytes: bytes.byteLength, sha256, finishedAt: ctx.now, failure: null },
    });
    if (count === 0) return unchanged({ packId });
    for (let number = 0; number * PACK_CHUNK_BYTES < bytes.byteLength; number += 1) {
      const piece = bytes.slice(number * PACK_CHUNK_BYTES, (number + 1) * PACK_CHUNK_BYTES);
      await tx.evidencePackChunk.createMany({ data: [{ packId, number, bytes: new Uint8Array(piece) }] });
    }
    return done({ packId }, { type: "evidence.completed", id: packId, sha256, sizeBytes: bytes.byteLength });
  },
  { timeoutSeconds: 120 },
);
