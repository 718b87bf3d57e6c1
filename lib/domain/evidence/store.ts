import "server-only";
import { type PackRow, type PackStatus, ProtocolFile, type ProtocolItem } from "#lib/domain/evidence/schema.ts";
import { fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { readContent } from "#lib/platform/content/read-content.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

let protocol: readonly ProtocolItem[] | undefined;

/** The request items of the OCR audit protocol in their order; read once a process. */
export function listProtocol(): readonly ProtocolItem[] {
  protocol ??= readContent("protocol", ProtocolFile)
    .flatMap(({ value: { rule, asOf, items } }) => items.map((item) => ({ ...item, rule, asOf })))
    .sort((a, b) => a.item - b.item);
  return protocol;
}

type Row = NonNullable<Awaited<ReturnType<ClinicTx["evidencePack"]["findFirst"]>>>;

export async function requirePack(tx: ClinicTx, id: string): Promise<Row> {
  const row = await tx.evidencePack.findFirst({ where: { id } });
  if (row === null) throw new NotFound();
  return row;
}

export function packRow(row: Row, names: ReadonlyMap<string, string>, progress: PackRow["progress"]): PackRow {
  return {
    id: row.id,
    status: row.status as PackStatus,
    requestedByName: row.requestedBy === null ? null : (names.get(row.requestedBy) ?? null),
    requestedAt: row.requestedAt,
    asOf: row.asOf,
    periodFrom: row.periodFrom === null ? null : fromDatabaseDate(row.periodFrom),
    periodTo: row.periodTo === null ? null : fromDatabaseDate(row.periodTo),
    ledgerSize: Number(row.ledgerSize),
    fileName: row.fileName,
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    sha256: row.sha256,
    finishedAt: row.finishedAt,
    progress,
  };
}

/** Key of a pack's row in `job_progress`. */
export function packProgressKey(packId: string): string {
  return `evidence-pack:${packId}`;
}
