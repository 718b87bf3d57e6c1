import "server-only";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { FileUpload } from "#lib/domain/files/schema.ts";
import { keepFile } from "#lib/domain/files/steps.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { requireBaa } from "#lib/domain/vendors/baas/store.ts";
import type { BaaKind, Signature } from "#lib/domain/vendors/schema.ts";
import { type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, NotFound, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export type NewBaaVersion = {
  readonly baaId: string;
  readonly vendorId: string;
  readonly reference: string;
  readonly number: number;
  readonly kind: BaaKind;
  readonly corrects: number | null;
  readonly ourParty: string;
  readonly theirParty: string;
  readonly agreedOn: CalendarDate;
  readonly effectiveOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  readonly noticeDays: number | null;
  readonly services: readonly string[];
  readonly surfaces: readonly string[];
  readonly signature: Signature;
  readonly note: string;
};

const EVENT_OF_KIND = {
  original: "baa.recorded",
  renewal: "baa.renewed",
  amendment: "baa.amended",
  correction: "baa.corrected",
} as const satisfies Record<BaaKind, string>;

/**
 * Keeps versions of BAAs with the tools that they name; one event each, in order. The BAAs themselves are there already.
 * The foreign key knows which tools are the vendor's: another's, another clinic's and none are all not found.
 */
export async function keepBaaVersions(
  tx: ClinicTx,
  ctx: WorkContext,
  versions: readonly NewBaaVersion[],
): Promise<{ versionIds: string[]; events: AuditEvent[] }> {
  const enteredBy = requireRecorder(ctx);
  const kept = versions.map((version) => ({ ...version, id: newId() }));
  await tx.baaVersion.createMany({
    data: kept.map(({ reference: _, surfaces: __, services, agreedOn, effectiveOn, expiresOn, ...version }) => ({
      ...version,
      services: [...services],
      agreedOn: toDatabaseDate(agreedOn),
      effectiveOn: toDatabaseDate(effectiveOn),
      expiresOn: expiresOn === null ? null : toDatabaseDate(expiresOn),
      enteredBy,
      enteredAt: ctx.now,
    })),
  });
  await tx.baaSurface.createMany({
    data: kept.flatMap(({ id, vendorId, surfaces }) =>
      surfaces.map((toolId) => ({ baaVersionId: id, vendorId, toolId })),
    ),
  });
  const events = kept.map(
    ({ id, baaId, services, surfaces, ...version }): AuditEvent => ({
      ...version,
      type: EVENT_OF_KIND[version.kind],
      id: baaId,
      versionId: id,
      services: [...services],
      surfaces: [...surfaces],
    }),
  );
  return { versionIds: kept.map(({ id }) => id), events };
}

/** Keeps the signed paper of a version. */
export async function keepBaaDocument(
  tx: ClinicTx,
  ctx: WorkContext,
  { baaId, vendorId, versionId, file }: { baaId: string; vendorId: string; versionId: string; file: FileUpload },
): Promise<{ fileId: string; events: [AuditEvent, AuditEvent] }> {
  const attachedBy = requireRecorder(ctx);
  const { fileId, event } = await keepFile(tx, ctx, file, { use: "paper", field: "file" });
  const fileSha256 = event.sha256;
  const twin = await tx.baaDocument.findFirst({
    where: { baaVersionId: versionId, file: { sha256: fileSha256 } },
    select: { file: { select: { name: true } } },
  });
  if (twin !== null) throw refuse("baa.document_attached_already", { name: twin.file.name }, "file");
  await tx.baaDocument.create({
    data: { baaVersionId: versionId, fileId, attachedBy, attachedAt: ctx.now },
    select: { fileId: true },
  });
  return {
    fileId,
    events: [event, { type: "baa.document_attached", id: baaId, vendorId, versionId, fileId, fileSha256 }],
  };
}

/** What a BAA is and says is people's to record, never a job's. */
export function requireRecorder(ctx: WorkContext): string {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("baa.record");
  return memberId;
}

/** Locks a BAA until the end of the transaction and reads it; refuses where it has changed since it was looked at. */
export async function requireBaaAsSeen(
  tx: ClinicTx,
  { baaId, version }: { readonly baaId: string; readonly version: number },
): Promise<Awaited<ReturnType<typeof requireBaa>>> {
  await lockBaa(tx, baaId);
  const baa = await requireBaa(tx, baaId);
  if (baa.version !== version) throw refuse("baa.changed_meanwhile", { reference: baa.reference });
  return baa;
}

/** Counts a change that a page opened before it doesn't show: a version, an end, an end taken back. */
export async function countBaaChange(tx: ClinicTx, baaId: string): Promise<void> {
  await tx.baa.updateMany({ where: { id: baaId }, data: { version: { increment: 1 } } });
}

/** Makes changes to one BAA follow each other until the end of the transaction; not found where there is none. */
export async function lockBaa(tx: ClinicTx, baaId: string): Promise<void> {
  const { count } = await tx.baa.updateMany({ where: { id: baaId }, data: { version: { increment: 0 } } });
  if (count === 0) throw new NotFound();
}
