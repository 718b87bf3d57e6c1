import { readFileSync } from "node:fs";
import path from "node:path";
import { Client, Pool, type PoolClient } from "pg";
import { inject } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: rows of whatever a test asks for
export type Sql = (text: string, values?: unknown[]) => Promise<any[]>;

const passwordsFile = path.resolve(import.meta.dirname, "../../.wardbook/test/database.json");

const pools = new Map<string, Pool>();

/** As wardbook_app with SQL of one's own, in one transaction pinned to the clinic; committed unless it throws. */
export async function asApp<T>(clinicId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return pooled(inject("databaseUrl"), async (sql) => {
    await sql("SELECT set_config('app.clinic_id', $1, true)", [clinicId]);
    return work(sql);
  });
}

/** As the owner of the database, who sees every clinic and is no superuser. */
export async function asOwner<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  return pooled(inject("databaseOwnerUrl"), work);
}

/** As whoever holds the server itself: the database administrator of the threat model. */
export async function asSuperuser<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const address = new URL(inject("databaseUrl"));
  address.username = "postgres";
  address.password = JSON.parse(readFileSync(passwordsFile, "utf8")).superuser;
  return alone(address.toString(), work);
}

// A connection's first queries cost more than all that follow, so one is used again, unless something went wrong on it.
async function pooled<T>(connectionString: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await poolOf(connectionString).connect();
  let isWell = false;
  try {
    const value = await inTransaction(client, work);
    await client.query("RESET ALL");
    isWell = true;
    return value;
  } finally {
    client.release(!isWell);
  }
}

function poolOf(connectionString: string): Pool {
  const known = pools.get(connectionString);
  if (known !== undefined) return known;
  const pool = new Pool({ connectionString, max: 20, allowExitOnIdle: true });
  // The run's end takes the database away beneath those that lie idle.
  pool.on("error", () => undefined);
  pools.set(connectionString, pool);
  return pool;
}

async function alone<T>(connectionString: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await inTransaction(client, work);
  } finally {
    await client.end();
  }
}

async function inTransaction<T>(client: Client | PoolClient, work: (sql: Sql) => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  const value = await work(async (text, values) => (await client.query(text, values)).rows);
  await client.query("COMMIT");
  return value;
}
