import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { requirePack } from "#lib/domain/evidence/store.ts";

/** Says that a pack could not be made, so that whoever asked can ask again. */
export const failEvidencePack = defineCommand(
  "fail-evidence-pack",
  "evidence.build",
  z.object({ packId: z.uuid() }),
  async ({ tx, ctx }, { packId }) => {
    await requirePack(tx, packId);
    const failure = "build_failed" as const;
    const { count } = await tx.evidencePack.updateMany({
      where: { id: packId, status: "requested" },
      data: { status: "failed", failure, finishedAt: ctx.now },
    });
    return count === 0 ? unchanged({ packId }) : done({ packId }, { type: "evidence.failed", id: packId, failure });
  },
);
