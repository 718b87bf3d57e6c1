import "server-only";
import { clinicOpeningsKey } from "#lib/domain/ledger/record.ts";
import type { EventShown } from "#lib/domain/ledger/schema.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { parseOpening } from "#lib/proof/commitment.ts";
import { openOpening } from "#lib/proof/opening-cipher.ts";

export type StoredEvent = {
  readonly seq: number;
  readonly eventId: string;
  readonly stamp: string;
  readonly type: string;
  readonly body: string;
  readonly prevLeaf: Uint8Array;
  readonly leaf: Uint8Array;
};

const columns = { seq: true, eventId: true, stamp: true, type: true, body: true, prevLeaf: true, leaf: true } as const;
const BATCH = 5000;

export async function requireHead(tx: ClinicTx): Promise<{ origin: string; size: number; lastLeaf: Uint8Array }> {
  const head = await tx.ledgerHead.findFirstOrThrow({ select: { origin: true, nextSeq: true, lastLeaf: true } });
  return { origin: head.origin, size: Number(head.nextSeq), lastLeaf: head.lastLeaf };
}

/** Every event from the first up to `size`, in order, in batches: memory does not grow with the ledger. */
export async function* eventsUpTo(tx: ClinicTx, size: number): AsyncGenerator<StoredEvent> {
  for (let from = 0; from < size; from += BATCH) {
    const rows = await tx.ledgerEvent.findMany({
      where: { seq: { gte: from, lt: Math.min(from + BATCH, size) } },
      orderBy: { seq: "asc" },
      select: columns,
    });
    for (const row of rows) yield { ...row, seq: Number(row.seq) };
  }
}

/** The leaf hashes of the first `size` events. */
export async function listLeaves(tx: ClinicTx, size: number): Promise<Uint8Array[]> {
  const rows = await tx.ledgerEvent.findMany({
    where: { seq: { lt: size } },
    orderBy: { seq: "asc" },
    select: { leaf: true },
  });
  return rows.map((row) => row.leaf);
}

export type OpeningRow = { readonly seq: number; readonly eventId: string; readonly opening: string };

/** The openings of these events in the clear, by sequence and place. */
export async function listOpenings(
  tx: ClinicTx,
  clinicId: string,
  seqs: { from: number; below: number },
): Promise<OpeningRow[]> {
  const rows = await tx.ledgerOpening.findMany({
    where: { seq: { gte: seqs.from, lt: seqs.below } },
    orderBy: [{ seq: "asc" }, { digest: "asc" }],
  });
  if (rows.length === 0) return [];
  const key = await clinicOpeningsKey(tx, clinicId);
  return rows.map((row) => ({
    seq: Number(row.seq),
    eventId: row.eventId,
    opening: openOpening(key, row.sealed, { clinicId, eventId: row.eventId, digest: row.digest }),
  }));
}

/** Events with their commitments opened, ready to be said as sentences. */
export async function showEvents(
  tx: ClinicTx,
  clinicId: string,
  events: readonly StoredEvent[],
): Promise<EventShown[]> {
  const ids = events.map((event) => event.eventId);
  const rows = await tx.ledgerOpening.findMany({ where: { eventId: { in: ids } } });
  const key = rows.length === 0 ? null : await clinicOpeningsKey(tx, clinicId);
  const opened = new Map<string, Map<string, string>>();
  for (const row of rows) {
    if (key === null) break;
    const { path, value } = parseOpening(
      openOpening(key, row.sealed, { clinicId, eventId: row.eventId, digest: row.digest }),
    );
    const paths = opened.get(row.eventId) ?? new Map<string, string>();
    opened.set(row.eventId, paths.set(path, value));
  }
  return events.map((event) => shown(event, opened.get(event.eventId) ?? new Map()));
}

type Body = {
  actor: { kind: string; id?: string; job?: string; emergency?: string };
  object: { type: string; id: string };
  correlation: string;
  data: Record<string, unknown>;
  occurredAt?: string;
};

/** An event whose body has been read, with its personal values opened. */
export function shown(event: StoredEvent, opened: ReadonlyMap<string, string>): EventShown {
  const body = JSON.parse(event.body) as Body;
  return {
    seq: event.seq,
    recordedAt: event.stamp,
    occurredAt: body.occurredAt ?? null,
    type: event.type,
    actor: {
      ...{ kind: body.actor.kind, id: body.actor.id ?? null, job: body.actor.job ?? null },
      ...(body.actor.emergency === undefined ? {} : { emergency: body.actor.emergency }),
    },
    object: body.object,
    correlation: body.correlation,
    data: withOpenings(body.data, "data", opened) as Record<string, unknown>,
    leaf: Buffer.from(event.leaf).toString("hex"),
  };
}

function withOpenings(value: unknown, path: string, opened: ReadonlyMap<string, string>): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item, index) => withOpenings(item, `${path}.${index}`, opened));
  if ("sd" in value && Object.keys(value).length === 1) return opened.get(path) ?? "";
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withOpenings(member, `${path}.${key}`, opened)]),
  );
}
