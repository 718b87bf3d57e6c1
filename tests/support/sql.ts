import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { inject } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: rows of whatever a test asks for
export type Sql = (text: string, values?: unknown[]) => Promise<any[]>;

const passwordsFile = path.resolve(import.meta.dirname, "../../.wardbook/test/database.json");

/** As wardbook_app with SQL of one's own, in one transaction pinned to the clinic; committed unless it throws. */
export async function asApp<T>(clinicId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return transaction(inject("databaseUrl"), async (sql) => {
    await sql("SELECT set_config('app.clinic_id', $1, true)", [clinicId]);
    return work(sql);
  });
}

/** As the owner of the database, who sees every clinic and is no superuser. */
export async function asOwner<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  return transaction(inject("databaseOwnerUrl"), work);
}

/** As whoever holds the server itself: the database administrator of the threat model. */
export async function asSuperuser<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const address = new URL(inject("databaseUrl"));
  address.username = "postgres";
  address.password = JSON.parse(readFileSync(passwordsFile, "utf8")).superuser;
  return transaction(address.toString(), work);
}

async function transaction<T>(connectionString: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query("BEGIN");
    const value = await work(async (text, values) => (await client.query(text, values)).rows);
    await client.query("COMMIT");
    return value;
  } finally {
    await client.end();
  }
}
