import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { projectFolder } from "./embedded.ts";
import { type MigrationList, type SchemaEngine, type SchemasContainer, withSchemaEngine } from "./schema-engine.ts";

const prismaFolder = path.join(projectFolder, "prisma");
const migrateLock = 727_304;
/** Made by hand in migrations, by an owner and with triggers that Prisma cannot tell of: neither compared nor generated. */
const handwrittenSchemas = ["ledger"];
const noFilter = { externalTables: [], externalEnums: [] };

/** Returns the names applied, oldest first. Several processes may call it at once: they take turns. */
export function applyMigrations(ownerUrl: string, folder: string = prismaFolder): Promise<string[]> {
  return withOwner(ownerUrl, async (owner) => {
    await owner.query("SELECT pg_advisory_lock($1)", [migrateLock]);
    const migrationsList = await readMigrations(folder);
    return withSchemaEngine(ownerUrl, async (engine) => {
      await forgetUnfinished(engine, migrationsList);
      try {
        return (await engine.applyMigrations({ migrationsList, filters: noFilter })).appliedMigrationNames;
      } catch (error) {
        const [failed] = await forgetUnfinished(engine, migrationsList);
        throw new Error(`Migration ${failed ?? "of this database"} failed: ${reasonOf(error)}`, { cause: error });
      }
    });
  });
}

/** The names not yet applied. Reads only the table of migrations, so that health may ask often. */
export async function pendingMigrations(ownerUrl: string, folder: string = prismaFolder): Promise<string[]> {
  const names = (await readMigrations(folder)).migrationDirectories.map((directory) => directory.path);
  return withOwner(ownerUrl, async (owner) => {
    const table = await owner.query("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS made");
    if (!table.rows[0].made) return names;
    const { rows } = await owner.query<{ name: string }>(
      `SELECT migration_name AS name FROM public._prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    const applied = new Set(rows.map((row) => row.name));
    return names.filter((name) => !applied.has(name));
  });
}

/** What schema, migrations and database disagree on, each in words; nothing when all is well. */
export async function checkMigrations(ownerUrl: string, folder: string = prismaFolder): Promise<string[]> {
  const pending = await pendingMigrations(ownerUrl, folder);
  const migrationsList = await readMigrations(folder);
  const schema = await readSchema(folder);
  const filters = await filterHandwritten(ownerUrl, schema);
  return withSchemaEngine(ownerUrl, async (engine) => {
    const history = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters });
    const findings = [
      ...pending.map((name) => `Migration ${name} is not applied.`),
      ...history.editedMigrationNames.map((name) => `Migration ${name} was changed after it had been applied.`),
      ...unknownNames(history.history).map((name) => `Migration ${name} is applied, but not among the migrations.`),
    ];
    const to = { tag: "schemaDatamodel", ...schema } as const;
    const compare = async (label: string, from: Parameters<SchemaEngine["diff"]>[0]["from"]) => {
      const { exitCode, stdout } = await engine.diff({ from, to, script: false, exitCode: true, filters });
      if (exitCode !== 0) findings.push(`${label}:\n${stdout?.trim()}`);
    };
    try {
      await compare("To become the schema, the migrations lack", { tag: "migrations", ...migrationsList });
      if (findings.length > 0) return findings;
      await compare("To become the schema, the database lacks", {
        ...{ tag: "schemaDatasource", ...schema, configDir: folder },
      });
      return findings;
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
  });
}

/** Writes the next migration from what the migrations lack, and returns its file. */
export async function createMigration(ownerUrl: string, name: string, folder: string = prismaFolder): Promise<string> {
  const migrationsList = await readMigrations(folder);
  const schema = await readSchema(folder);
  const filters = await filterHandwritten(ownerUrl, schema);
  const difference = await withSchemaEngine(ownerUrl, (engine) => {
    const [from, to] = [
      { tag: "migrations", ...migrationsList },
      { tag: "schemaDatamodel", ...schema },
    ] as const;
    return engine.diff({ from, to, script: true, exitCode: true, filters });
  }).catch((error) => {
    throw new Error(reasonOf(error), { cause: error });
  });
  if (difference.exitCode === 0) throw new Error("The migrations already make the schema: there is nothing to write.");
  const moment = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const words = name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const file = path.join(folder, "migrations", `${moment}_${words}`, "migration.sql");
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, difference.stdout ?? "");
  return file;
}

async function withOwner<T>(ownerUrl: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

/**
 * A row without an end is a migration that failed or whose process was killed; either way the database undid it, for
 * a script and its end are one transaction.
 */
async function forgetUnfinished(engine: SchemaEngine, migrationsList: MigrationList): Promise<string[]> {
  const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
    ...{ migrationsList, optInToShadowDatabase: false, filters: noFilter },
  });
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
  return failedMigrationNames;
}

/** The engine's message without the trace of its own functions beneath. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const words = message.split(/\n\s+0: /)[0] ?? message;
  return words.replace(/external connector error\n|Error querying the database: /g, "").trim();
}

type History = Awaited<ReturnType<SchemaEngine["diagnoseMigrationHistory"]>>["history"];

function unknownNames(history: History): string[] {
  return history && "unpersistedMigrationNames" in history ? history.unpersistedMigrationNames : [];
}

async function filterHandwritten(ownerUrl: string, schema: SchemasContainer) {
  const made = await withOwner(ownerUrl, (owner) =>
    owner.query<{ name: string }>(
      "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname = ANY($1)",
      [handwrittenSchemas],
    ),
  );
  const modelled = schema.files.flatMap(({ content }) => [...content.matchAll(/^model (\w+) \{[^}]*^\}/gm)]);
  const named = modelled.map(([block, model]) => {
    const name = block.match(/@@map\("(\w+)"\)/)?.[1] ?? model;
    return { schema: block.match(/@@schema\("(\w+)"\)/)?.[1] ?? "public", name };
  });
  const handwritten = named.filter((table) => handwrittenSchemas.includes(table.schema));
  const tables = [...made.rows.map((row) => row.name), ...handwritten.map((table) => `${table.schema}.${table.name}`)];
  return { externalTables: [...new Set(tables)], externalEnums: [] };
}

async function readSchema(folder: string): Promise<SchemasContainer> {
  const names = (await readdir(path.join(folder, "schema"))).filter((name) => name.endsWith(".prisma"));
  const files = names.map(async (name) => {
    const file = path.join(folder, "schema", name);
    return { path: file, content: await readFile(file, "utf8") };
  });
  return { files: await Promise.all(files) };
}

async function readMigrations(folder: string): Promise<MigrationList> {
  const baseDir = path.join(folder, "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const directories = names.sort().map(async (name) => {
    const value = await readFile(path.join(baseDir, name, "migration.sql"), "utf8");
    return { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value } as const } };
  });
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(baseDir, "migration_lock.toml"), "utf8"),
    },
    // A migration may grant rights on Prisma's own table, which the database they are tried in would not have.
    shadowDbInitScript: "CREATE TABLE _prisma_migrations ()",
    migrationDirectories: await Promise.all(directories),
  };
}
