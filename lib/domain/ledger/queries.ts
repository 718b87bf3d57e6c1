import "server-only";
import { z } from "zod";
import { namesOf } from "#lib/domain/clinic/store.ts";
import { CHAIN_START, judgeEvent, peopleOf } from "#lib/domain/ledger/rules.ts";
import { LedgerPage, LedgerRows, type LedgerVerification } from "#lib/domain/ledger/schema.ts";
import { eventsUpTo, listLeaves, requireHead, type StoredEvent, showEvents } from "#lib/domain/ledger/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { keys } from "#lib/platform/keys.ts";
import { checkpointSignedBy, parseCheckpoint } from "#lib/proof/checkpoint.ts";
import { sameBytes } from "#lib/proof/hash.ts";
import { merkleTree, rootAt } from "#lib/proof/merkle.ts";
import { noteKeyOf } from "#lib/proof/note.ts";

/** One page of the trail, newest first, with the names of those who acted. */
export const getLedgerPage = defineQuery("ledger-page", "ledger.read", LedgerPage, async ({ tx, ctx }, input) => {
  const head = await requireHead(tx);
  const page = input.entry === undefined ? input.page : pageOf(input.entry, head.size, input.size);
  const { total, rows } =
    input.entry === undefined && input.type.length > 0
      ? await eventsOfTypes(tx, input.type, { page, size: input.size })
      : {
          total: head.size,
          rows: await eventsBetween(tx, head.size - page * input.size, head.size - (page - 1) * input.size),
        };
  const { events, names } = await named(tx, ctx.clinicId, rows);
  const checkpoint = await tx.ledgerCheckpoint.findFirst({
    orderBy: { size: "desc" },
    select: { size: true, signedAt: true },
  });
  return {
    total,
    page,
    size: head.size,
    events,
    names,
    checkpoint: checkpoint === null ? null : { size: Number(checkpoint.size), signedAt: checkpoint.signedAt },
  };
});

/** The trail, or some types of it, newest first and on all its pages, for its files. */
export const getLedgerRows = defineQuery(
  "ledger-rows",
  "ledger.read",
  LedgerRows,
  async ({ tx, ctx }, { type }) => {
    const all = { page: 1, size: LIST_ROWS_MAX };
    const { size } = await requireHead(tx);
    const { total, rows } =
      type.length > 0
        ? await eventsOfTypes(tx, type, all)
        : { total: size, rows: await eventsBetween(tx, size - LIST_ROWS_MAX, size) };
    return { total, today: ctx.today, ...(await named(tx, ctx.clinicId, rows)) };
  },
  { timeoutSeconds: 60 },
);

/** The events opened, with the names of the members whom they name. */
async function named(tx: ClinicTx, clinicId: string, rows: Awaited<ReturnType<typeof eventsBetween>>) {
  const stored = rows.map((row): StoredEvent => ({ ...row, seq: Number(row.seq) }));
  const events = await showEvents(tx, clinicId, stored);
  const people = events.flatMap(peopleOf);
  const names = await namesOf(tx, people);
  return { events, names: Object.fromEntries(people.map((id) => [id, names.get(id) ?? null])) };
}

// By number, not by offset: the millionth event is as near as the first.
function eventsBetween(tx: ClinicTx, from: number, below: number) {
  return tx.ledgerEvent.findMany({ where: { seq: { gte: from, lt: below } }, orderBy: { seq: "desc" } });
}

async function eventsOfTypes(tx: ClinicTx, types: string[], { page, size }: { page: number; size: number }) {
  const where = { type: { in: types } };
  const rows = await tx.ledgerEvent.findMany({ where, orderBy: { seq: "desc" }, skip: (page - 1) * size, take: size });
  return { total: await tx.ledgerEvent.count({ where }), rows };
}

// One past the end is shown with the newest.
function pageOf(entry: number, total: number, size: number): number {
  return Math.floor(Math.max(total - 1 - entry, 0) / size) + 1;
}

/**
 * Verifies the whole trail anew from its bodies: sequence, chain, times, leaves, head, and every signed checkpoint. Names
 * the first bad entry.
 */
export const verifyLedger = defineQuery(
  "verify-ledger",
  "ledger.read",
  z.object({}),
  async ({ tx }): Promise<LedgerVerification> => {
    const head = await requireHead(tx);
    const leaves: Uint8Array[] = [];
    let state = CHAIN_START;
    const found = (
      seq: number,
      fault: NonNullable<LedgerVerification["firstBad"]>["fault"],
      checkpoints = 0,
    ): LedgerVerification => ({
      size: head.size,
      checkpoints,
      root: "",
      firstBad: { seq, fault },
    });
    for await (const event of eventsUpTo(tx, head.size)) {
      const hex = {
        prevLeaf: Buffer.from(event.prevLeaf).toString("hex"),
        leaf: Buffer.from(event.leaf).toString("hex"),
      };
      const judged = judgeEvent(head.origin, state, { ...event, recordedAt: event.stamp, ...hex });
      if ("fault" in judged) return found(state.nextSeq, judged.fault);
      state = judged.state;
      leaves.push(event.leaf);
    }
    const outside = await tx.ledgerEvent.findFirst({
      where: { OR: [{ seq: { lt: 0 } }, { seq: { gte: head.size } }] },
      orderBy: { seq: "asc" },
      select: { seq: true },
    });
    if (outside !== null) return found(Number(outside.seq), "sequence");
    if (state.nextSeq !== head.size || state.lastLeaf !== Buffer.from(head.lastLeaf).toString("hex")) {
      return found(state.nextSeq, "head");
    }
    const tree = merkleTree(leaves);
    const checked = await checkCheckpoints(tx, head.origin, (size) => (size <= head.size ? rootAt(tree, size) : null));
    if (checked.badSize !== null) return found(Math.min(checked.badSize, head.size) - 1, "checkpoint", checked.count);
    return {
      size: head.size,
      checkpoints: checked.count,
      root: Buffer.from(rootAt(tree, head.size)).toString("hex"),
      firstBad: null,
    };
  },
  { timeoutSeconds: 300 },
);

async function checkCheckpoints(tx: ClinicTx, origin: string, rootOf: (size: number) => Uint8Array | null) {
  const key = noteKeyOf(origin, keys().ledger);
  const rows = await tx.ledgerCheckpoint.findMany({ orderBy: { size: "asc" }, select: { size: true, note: true } });
  for (const row of rows) {
    if (!holds(row.note, Number(row.size))) return { count: rows.length, badSize: Number(row.size) };
  }
  return { count: rows.length, badSize: null };

  function holds(note: string, size: number): boolean {
    try {
      const checkpoint = parseCheckpoint(note);
      const root = rootOf(size);
      const told =
        checkpoint.size === size && checkpoint.origin === origin && root !== null && sameBytes(checkpoint.root, root);
      return told && checkpointSignedBy(checkpoint, key);
    } catch {
      return false;
    }
  }
}

/** What the signer needs: where the ledger stands, its leaves, and the checkpoint of that size if there is one. */
export const getSigningInput = defineQuery(
  "signing-input",
  "ledger.checkpoint",
  z.object({ size: z.number().int().positive().optional() }),
  async ({ tx }, { size }) => {
    const head = await requireHead(tx);
    const wanted = Math.min(size ?? head.size, head.size);
    const known = await tx.ledgerCheckpoint.findFirst({ where: { size: wanted }, select: { note: true } });
    const note = known !== null && isOurs(known.note, head.origin, wanted) ? known.note : null;
    return { origin: head.origin, size: wanted, note, leaves: note === null ? await listLeaves(tx, head.size) : [] };
  },
  { timeoutSeconds: 120 },
);

// Whoever can write a row can keep any text as a checkpoint; only what our key signed is handed on.
function isOurs(note: string, origin: string, size: number): boolean {
  try {
    const checkpoint = parseCheckpoint(note);
    const told = checkpoint.size === size && checkpoint.origin === origin;
    return told && checkpointSignedBy(checkpoint, noteKeyOf(origin, keys().ledger));
  } catch {
    return false;
  }
}

/** What a job needs of the event it was enqueued for; null when the ledger has none of that id. */
export const getEventForReaction = defineQuery(
  "event-for-reaction",
  "ledger.checkpoint",
  z.object({ eventId: z.uuid() }),
  async ({ tx }, { eventId }) => {
    const event = await tx.ledgerEvent.findFirst({
      where: { eventId },
      select: { type: true, objectId: true, correlationId: true },
    });
    if (event === null || event.objectId === null) return null;
    return { type: event.type, objectId: event.objectId, correlationId: event.correlationId };
  },
);

/** How many events the ledger holds, and how many the last signed checkpoint covers. */
export const getLedgerSize = defineQuery("ledger-size", "ledger.checkpoint", z.object({}), async ({ tx }) => {
  const head = await requireHead(tx);
  const last = await tx.ledgerCheckpoint.findFirst({
    orderBy: { size: "desc" },
    select: { size: true, signedAt: true },
  });
  return { size: head.size, signedSize: last === null ? 0 : Number(last.size), signedAt: last?.signedAt ?? null };
});
