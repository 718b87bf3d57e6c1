import "server-only";
import { z } from "zod";
import { fileShown } from "#lib/domain/files/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** A kept file with its bytes, for the one who downloads it. */
export const getFile = defineQuery("file", "file.read", z.object({ fileId: z.uuid() }), async ({ tx }, { fileId }) => {
  const row = await tx.storedFile.findFirst({ where: { id: fileId } });
  if (row === null) throw new NotFound();
  return { ...fileShown(row), bytes: row.bytes };
});
