import { expect, test } from "vitest";
import { ensureCheckpoint } from "#lib/domain/ledger/reactions.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp, asOwner, asSuperuser } from "#tests/support/sql.ts";

const NOT_ALLOWED = "42501";
const entry = (body: string, type = "clinic.founded") => JSON.stringify([{ id: newId(), type, body, openings: [] }]);
const GOOD_BODY = JSON.stringify({ actor: {}, object: {} });

test.each([
  ["edit an event", "UPDATE ledger.event SET body = '{}'", NOT_ALLOWED],
  ["delete an event", "DELETE FROM ledger.event WHERE seq = 1", NOT_ALLOWED],
  ["empty the ledger", "TRUNCATE ledger.event CASCADE", NOT_ALLOWED],
  [
    "write an event past append()",
    "INSERT INTO ledger.event (clinic_id, seq, event_id, recorded_at, stamp, type, body, prev_leaf, leaf) SELECT clinic_id, 99, gen_random_uuid(), recorded_at, stamp, type, body, prev_leaf, leaf FROM ledger.event WHERE seq = 0",
    NOT_ALLOWED,
  ],
  ["rewind the head", "UPDATE ledger.head SET next_seq = 0", NOT_ALLOWED],
  ["delete the head", "DELETE FROM ledger.head", NOT_ALLOWED],
  ["drop the table", "DROP TABLE ledger.event CASCADE", NOT_ALLOWED],
  ["disable the triggers", "ALTER TABLE ledger.event DISABLE TRIGGER ALL", NOT_ALLOWED],
  ["drop the trigger", "DROP TRIGGER deny_row ON ledger.event", NOT_ALLOWED],
  ["switch row security off", "ALTER TABLE ledger.event DISABLE ROW LEVEL SECURITY", NOT_ALLOWED],
  ["become the ledger's owner", "SET ROLE ledger_owner", NOT_ALLOWED],
  ["become the database's owner", "SET ROLE wardbook_owner", NOT_ALLOWED],
  ["pass for a replica", "SET session_replication_role = replica", NOT_ALLOWED],
  ["help itself to rights", "GRANT ALL ON ledger.event TO wardbook_app; DELETE FROM ledger.event", NOT_ALLOWED],
  ["put another function in append()'s place", "DROP FUNCTION ledger.append(jsonb)", NOT_ALLOWED],
  ["make a function beside it", "CREATE FUNCTION ledger.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", NOT_ALLOWED],
  ["delete openings", "DELETE FROM ledger.opening", NOT_ALLOWED],
  ["exchange openings", "UPDATE ledger.opening SET sealed = '\\x00'", NOT_ALLOWED],
  [
    "write a checkpoint past add_checkpoint()",
    "INSERT INTO ledger.checkpoint SELECT clinic_id, 1, leaf, 'x', now() FROM ledger.event WHERE seq = 0",
    NOT_ALLOWED,
  ],
  ["add a checkpoint over more than there is", "SELECT ledger.add_checkpoint(99, sha256('x'), 'x')", "P0001"],
  ["open the ledger twice", "SELECT ledger.open('host/c/abc/1', '\\x00')", "23505"],
  ["append what is no JSON", `SELECT ledger.append('${entry("no JSON")}')`, "22P02"],
  ["append a type out of form", `SELECT ledger.append('${entry(GOOD_BODY, "Clinic founded")}')`, "23514"],
  [
    "append a body of more than 64 KiB",
    `SELECT ledger.append('${entry(JSON.stringify({ x: "x".repeat(65_536) }))}')`,
    "23514",
  ],
  [
    "append under an event's id a second time",
    "SELECT ledger.append(jsonb_build_array(jsonb_build_object('id', event_id, 'type', type, 'body', body))) FROM ledger.event WHERE seq = 0",
    "23505",
  ],
])("the app's role can't %s", async (_, statement, code) => {
  const { clinicId } = await mintClinic(["owner"]);
  await expect(asApp(clinicId, (sql) => sql(statement))).rejects.toMatchObject({ code });
});

test("the app's role neither reads nor writes a ledger when no clinic is pinned", async () => {
  const { clinicId } = await mintClinic(["owner"]);
  const unpinned = (statement: string) =>
    asApp(clinicId, async (sql) => {
      await sql("SELECT set_config('app.clinic_id', '', true)");
      return sql(statement);
    });
  await expect(unpinned("SELECT * FROM ledger.event")).rejects.toThrow("no clinic is pinned");
  await expect(unpinned(`SELECT ledger.append('${entry(GOOD_BODY)}')`)).rejects.toThrow("no clinic is pinned");
});

test.each(["event", "checkpoint"])(
  "not even a superuser that passes for a replica changes ledger.%s",
  async (table) => {
    const { clinicId, system } = await mintClinic(["owner"]);
    await ensureCheckpoint(system);
    for (const statement of [
      `UPDATE ledger.${table} SET clinic_id = clinic_id WHERE clinic_id = '${clinicId}'`,
      `DELETE FROM ledger.${table} WHERE clinic_id = '${clinicId}'`,
      `TRUNCATE ledger.${table} CASCADE`,
    ]) {
      const attack = asSuperuser(async (sql) => {
        await sql("SET LOCAL session_replication_role = replica");
        await sql(statement);
      });
      await expect(attack).rejects.toThrow("the ledger is append-only");
    }
  },
);

test("the database's owner is no way round: it has no rights in the ledger, and as the ledger's owner meets the triggers", async () => {
  const { clinicId } = await mintClinic(["owner"]);
  const statement = `UPDATE ledger.event SET body = '{}' WHERE clinic_id = '${clinicId}'`;
  await expect(asOwner((sql) => sql(statement))).rejects.toMatchObject({ code: NOT_ALLOWED });
  const asLedgerOwner = asOwner(async (sql) => {
    await sql("SET LOCAL ROLE ledger_owner");
    await sql("SELECT set_config('app.clinic_id', $1, true)", [clinicId]);
    await sql(statement);
  });
  await expect(asLedgerOwner).rejects.toThrow("the ledger is append-only");
});
