import { randomBytes } from "node:crypto";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "#lib/platform/db/migrate.ts";
import { openDatabase } from "#lib/platform/db/open-database.ts";
import { ensureRoles } from "#lib/platform/db/roles.ts";
import { installJobQueue } from "#lib/platform/jobs/install.ts";
import { ensureKeys } from "#lib/platform/keys.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
    databaseOwnerUrl: string;
  }
}

const dataFolder = path.resolve(import.meta.dirname, "../../.wardbook/test");

type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>;
type Shared = { readonly database: Promise<OpenDatabase>; users: number };
const kept = globalThis as { wardbookTestDatabase?: Shared };

/** One migrated, empty database for all projects of the run, which are set up in one process. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  kept.wardbookTestDatabase ??= { database: prepare(), users: 0 };
  const shared = kept.wardbookTestDatabase;
  shared.users += 1;
  const database = await shared.database;
  project.provide("databaseUrl", database.url);
  project.provide("databaseOwnerUrl", database.ownerUrl);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete kept.wardbookTestDatabase;
    await database.close();
  };
}

/** On a server of its own, whatever the environment names. */
async function prepare(): Promise<OpenDatabase> {
  delete process.env.DATABASE_URL;
  delete process.env.DATABASE_OWNER_URL;
  const database = await openDatabase({ name: "wardbook_test", dataFolder });
  await asOwner(database.ownerUrl, "postgres", async (owner) => {
    await ensureRoles(owner, { appPassword: new URL(database.url).password });
    await owner.query("DROP DATABASE wardbook_test WITH (FORCE)");
    await owner.query("CREATE DATABASE wardbook_test");
    // Nothing here has to outlive a power cut.
    await owner.query("ALTER DATABASE wardbook_test SET synchronous_commit = off");
  });
  await applyMigrations(database.ownerUrl);
  await installJobQueue(database.ownerUrl);
  process.env.DATABASE_URL = database.url;
  process.env.DATABASE_OWNER_URL = database.ownerUrl;
  process.env.WARDBOOK_KEYS = path.join(dataFolder, "keys");
  process.env.WARDBOOK_URL = "https://wardbook.test";
  process.env.WARDBOOK_SECRET = randomBytes(36).toString("base64");
  ensureKeys(process.env.WARDBOOK_KEYS);
  return database;
}

async function asOwner(ownerUrl: string, name: string, work: (owner: Client) => Promise<void>): Promise<void> {
  const address = new URL(ownerUrl);
  address.pathname = name;
  const owner = new Client({ connectionString: address.toString() });
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
}
