import { bodySha256 } from "#lib/proof/body.ts";
import { leafHash, ZERO_LEAF } from "#lib/proof/envelope.ts";
import { asSuperuser, type Sql } from "#tests/support/sql.ts";

/** What a superuser can do to a ledger once the triggers and foreign keys are out of the way. */
export async function tamper(work: (sql: Sql) => Promise<void>): Promise<void> {
  await asSuperuser(async (sql) => {
    await sql("ALTER TABLE ledger.event DISABLE TRIGGER USER");
    await sql("ALTER TABLE ledger.checkpoint DISABLE TRIGGER USER");
    await sql("SET LOCAL session_replication_role = replica");
    await work(sql);
    for (const table of ["event", "checkpoint"]) {
      await sql(`ALTER TABLE ledger.${table} ENABLE ALWAYS TRIGGER deny_row`);
      await sql(`ALTER TABLE ledger.${table} ENABLE ALWAYS TRIGGER deny_truncate`);
    }
  });
}

/** Removes every event from `size` on and rewinds the head, as restoring an older backup would. */
export async function rewind(sql: Sql, clinicId: string, size: number): Promise<void> {
  await sql("DELETE FROM ledger.opening WHERE clinic_id = $1 AND seq >= $2", [clinicId, size]);
  await sql("DELETE FROM ledger.event WHERE clinic_id = $1 AND seq >= $2", [clinicId, size]);
  await sql("DELETE FROM ledger.checkpoint WHERE clinic_id = $1 AND size > $2", [clinicId, size]);
  await setHead(sql, clinicId);
}

/** Moves the events from `from` on by one place, up or down, into free places. */
export async function renumber(sql: Sql, clinicId: string, from: number, by: 1 | -1): Promise<void> {
  const rows = await sql("SELECT seq FROM ledger.event WHERE clinic_id = $1 AND seq >= $2 ORDER BY seq", [
    clinicId,
    from,
  ]);
  const seqs = rows.map((row) => Number(row.seq));
  for (const seq of by === 1 ? seqs.reverse() : seqs) {
    await sql("UPDATE ledger.event SET seq = $3 WHERE clinic_id = $1 AND seq = $2", [clinicId, seq, seq + by]);
  }
  await setHead(sql, clinicId);
}

/** Makes the whole chain anew over what the bodies, times and types say now. */
export async function rechain(sql: Sql, clinicId: string): Promise<void> {
  const [{ origin }] = await sql("SELECT origin FROM ledger.head WHERE clinic_id = $1", [clinicId]);
  const rows = await sql("SELECT seq, stamp, type, body FROM ledger.event WHERE clinic_id = $1 ORDER BY seq", [
    clinicId,
  ]);
  let previous = ZERO_LEAF;
  for (const { seq, stamp, type, body } of rows) {
    const envelope = { origin, seq: Number(seq), recordedAt: stamp, type, previous, bodySha256: bodySha256(body) };
    const leaf = leafHash(envelope);
    await sql("UPDATE ledger.event SET prev_leaf = $3, leaf = $4 WHERE clinic_id = $1 AND seq = $2", [
      ...[clinicId, seq],
      ...[Buffer.from(previous, "hex"), Buffer.from(leaf, "hex")],
    ]);
    previous = leaf;
  }
  await setHead(sql, clinicId);
}

async function setHead(sql: Sql, clinicId: string): Promise<void> {
  await sql(
    `UPDATE ledger.head h SET next_seq = e.seq + 1, last_leaf = e.leaf, last_at = e.recorded_at
       FROM (SELECT * FROM ledger.event WHERE clinic_id = $1 ORDER BY seq DESC LIMIT 1) e WHERE h.clinic_id = $1`,
    [clinicId],
  );
}

/** Another correlation in the body: still well-formed JSON, and not what was recorded. */
export const EDIT_BODY =
  'UPDATE ledger.event SET body = replace(body, \'"correlation":"\', \'"correlation":"f\') WHERE clinic_id = $1 AND seq = $2';
