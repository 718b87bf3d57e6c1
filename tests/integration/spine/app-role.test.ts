import { Client } from "pg";
import { describe, expect, inject, test } from "vitest";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

describe("without a clinic or a holder", () => {
  test("a query with nothing pinned raises, on each table of a clinic", async () => {
    await mintClinic(["owner"]);
    const names = await tablesShownToTheApp();
    const answers = await Promise.all(names.map(async (name) => [name, await refusalOf(`SELECT FROM ${name}`)]));
    expect(names.length).toBeGreaterThan(10);
    expect(answers).toEqual(names.map((name) => [name, "no clinic is pinned"]));
  });

  test("a pinned clinic sees its own rows and no other's, and cannot write a row of another", async () => {
    const [a, b] = [await mintClinic(["owner"]), await mintClinic(["owner", "staff"])];
    const membersOf = (clinicId: string) => asApp(clinicId, (sql) => sql("SELECT DISTINCT clinic_id FROM member"));
    expect(await membersOf(a.clinicId)).toEqual([{ clinic_id: a.clinicId }]);
    expect(await membersOf(b.clinicId)).toEqual([{ clinic_id: b.clinicId }]);
    const intruding = "INSERT INTO job_progress (clinic_id, job_key, step, done, total) VALUES ($1, 'x', 'x', 0, 1)";
    await expect(asApp(a.clinicId, (sql) => sql(intruding, [b.clinicId]))).rejects.toThrow("row-level security");
    await expect(asApp(b.clinicId, (sql) => sql(intruding, [b.clinicId]))).resolves.toEqual([]);
  });

  test.each([
    ["the hash of a password", "SELECT password_hash FROM account", "permission denied for table account"],
    ["who tried to sign in", "SELECT FROM sign_in_attempt", "permission denied for table sign_in_attempt"],
    ["accounts without a holder pinned", "SELECT id FROM account", "no account is pinned"],
    ["sessions without a holder pinned", "SELECT FROM session", "no account is pinned"],
    ["factors without a holder pinned", "SELECT FROM credential", "no account is pinned"],
    ["recovery codes without a holder pinned", "SELECT FROM recovery_code", "no account is pinned"],
    ["what people did to their accounts", "SELECT FROM account_event", "permission denied for table account_event"],
    ["the questions to passkeys", "SELECT FROM passkey_challenge", "permission denied for table passkey_challenge"],
    ["the list of clinics", "SELECT identity.clinic_ids()", "permission denied for function clinic_ids"],
    [
      "the sign-ins of every clinic",
      "SELECT identity.sign_ins_to_copy(now())",
      "permission denied for function sign_ins_to_copy",
    ],
  ])("%s cannot be read", async (_, question, refusal) => {
    await mintClinic(["owner"]);
    expect(await refusalOf(question)).toBe(refusal);
  });

  test("not even the holder reads the hash of their own password", async () => {
    const { clinicId } = await mintClinic(["owner"]);
    const [{ account_id: accountId }] = await asApp(clinicId, (sql) => sql("SELECT account_id FROM member"));
    const pinned = (column: string) =>
      asApp(clinicId, async (sql) => {
        await sql("SELECT set_config('app.account_id', $1, true)", [accountId]);
        return sql(`SELECT ${column} FROM account`);
      });
    expect(await pinned("id")).toEqual([{ id: accountId }]);
    await expect(pinned("password_hash")).rejects.toThrow("permission denied for table account");
  });

  test("the worker may list the clinics that the app may not", async () => {
    const { clinicId, slug } = await mintClinic(["owner"]);
    const clinics = await asOwner(async (sql) => {
      await sql("SET LOCAL ROLE wardbook_worker");
      return sql("SELECT id, slug FROM identity.clinic_ids()");
    });
    expect(clinics).toContainEqual({ id: clinicId, slug });
  });
});

async function tablesShownToTheApp(): Promise<string[]> {
  const rows = await asOwner((sql) =>
    sql(`SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind = 'r' AND n.nspname IN ('public', 'ledger') AND has_table_privilege('wardbook_app', c.oid, 'SELECT')
            AND c.relname NOT IN ('session', 'credential', 'recovery_code', 'worker_heartbeat', '_prisma_migrations') ORDER BY 1`),
  );
  return rows.map((row) => row.name);
}

/** What the app is told that has pinned nothing. An empty table is looked up by its index, so that its policy is asked too. */
async function refusalOf(question: string): Promise<string> {
  const client = new Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  try {
    await client.query("SET enable_seqscan = off");
    return `${(await client.query(question)).rowCount} rows`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end();
  }
}
