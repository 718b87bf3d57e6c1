import path from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { applyMigrations, checkMigrations, createMigration } from "#lib/platform/db/migrate.ts";
import { type OpenedDatabase, openDatabase } from "#lib/platform/db/open-database.ts";
import { ensureRoles } from "#lib/platform/db/roles.ts";
import { installJobQueue } from "#lib/platform/jobs/install.ts";

async function migrate(database: OpenedDatabase): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, create: { type: "string" } } });
  if (values.create === "") throw new Error("The migration needs a name: npm run migrate -- --create add-phone");
  if (values.check) return check(database.ownerUrl);
  await ensureRolesOf(database);
  if (values.create) {
    const file = await createMigration(database.ownerUrl, values.create);
    console.log(`Written: ${path.relative(process.cwd(), file)}. Read it before you apply it.`);
    return;
  }
  const applied = await applyMigrations(database.ownerUrl);
  await installJobQueue(database.ownerUrl);
  for (const name of applied) console.log(`Applied ${name}`);
  if (applied.length === 0) console.log("The database is up to date");
}

async function check(ownerUrl: string): Promise<void> {
  const findings = await checkMigrations(ownerUrl);
  if (findings.length === 0) return console.log("Schema, migrations and database agree");
  for (const finding of findings) console.error(finding);
  process.exitCode = 1;
}

async function ensureRolesOf(database: OpenedDatabase): Promise<void> {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await ensureRoles(owner, { appPassword: appPasswordOf(database) });
  } finally {
    await owner.end();
  }
}

/** Whoever migrates need not know the app's address; the role is then made without a password, for others to set. */
function appPasswordOf(database: OpenedDatabase): string | undefined {
  if (!database.embedded && !process.env.DATABASE_URL) return undefined;
  const { username, password } = new URL(database.url);
  return username === "wardbook_app" ? decodeURIComponent(password) : undefined;
}

try {
  const database = await openDatabase();
  await migrate(database).finally(() => database.close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
