import path from "node:path";
import { parseArgs } from "node:util";
import { checkMigrations, createMigration } from "#lib/platform/db/migrate.ts";
import { type OpenedDatabase, openDatabase } from "#lib/platform/db/open-database.ts";
import { bringUpToDate, ensureServerRoles } from "#scripts/bring-up-to-date.ts";

async function migrate(database: OpenedDatabase): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, create: { type: "string" } } });
  if (values.create === "") throw new Error("The migration needs a name: npm run migrate -- --create add-phone");
  if (values.check) return check(database.ownerUrl);
  if (values.create) {
    await ensureServerRoles(addressesOf(database));
    const file = await createMigration(database.ownerUrl, values.create);
    console.log(`Written: ${path.relative(process.cwd(), file)}. Read it before you apply it.`);
    return;
  }
  const applied = await bringUpToDate(addressesOf(database));
  for (const name of applied) console.log(`Applied ${name}`);
  if (applied.length === 0) console.log("The database is up to date");
}

async function check(ownerUrl: string): Promise<void> {
  const findings = await checkMigrations(ownerUrl);
  if (findings.length === 0) return console.log("Schema, migrations and database agree");
  for (const finding of findings) console.error(finding);
  process.exitCode = 1;
}

function addressesOf(database: OpenedDatabase): { ownerUrl: string; appUrl: string | undefined } {
  const known = database.embedded || (process.env.DATABASE_URL ?? "") !== "";
  return { ownerUrl: database.ownerUrl, appUrl: known ? database.url : undefined };
}

try {
  const database = await openDatabase();
  await migrate(database).finally(() => database.close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
