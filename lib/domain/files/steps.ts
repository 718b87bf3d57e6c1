import "server-only";
import { createHash } from "node:crypto";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { assertMayKeep, packPathOf } from "#lib/domain/files/rules.ts";
import type { FileUpload, FileUse } from "#lib/domain/files/schema.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Keeps a file that came with a record, in the record's own transaction. Refusals stand beside `field`. */
export async function keepFile(
  tx: ClinicTx,
  ctx: WorkContext,
  { name, bytes }: FileUpload,
  { use, field }: { use: FileUse; field: string },
): Promise<{ fileId: string; event: Extract<AuditEvent, { type: "file.kept" }> }> {
  const keptBy = actingMemberId(ctx);
  if (keptBy === null) throw new Forbidden("file.read");
  const mediaType = assertMayKeep({ bytes }, use, field);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const sizeBytes = bytes.byteLength;
  const fileId = newId();
  await tx.storedFile.create({
    data: { id: fileId, name, mediaType, sizeBytes, sha256, bytes: Uint8Array.from(bytes), keptBy, keptAt: ctx.now },
    select: { id: true },
  });
  return {
    fileId,
    event: {
      type: "file.kept",
      id: fileId,
      name,
      mediaType,
      file: packPathOf({ sha256, mediaType }),
      sha256,
      size: sizeBytes,
    },
  };
}
