import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { applyMigrations, checkMigrations, createMigration, pendingMigrations } from "#lib/platform/db/migrate.ts";
import { type OpenedDatabase, openDatabase } from "#lib/platform/db/open-database.ts";
import { ensureRoles } from "#lib/platform/db/roles.ts";

const opener = path.resolve(import.meta.dirname, "../../support/open-and-wait.ts");
const { DATABASE_URL, DATABASE_OWNER_URL } = process.env;
let scratch: string;

beforeAll(async () => {
  delete process.env.DATABASE_URL;
  delete process.env.DATABASE_OWNER_URL;
  scratch = await mkdtemp(path.join(os.tmpdir(), "wardbook-database-"));
  // As root the server runs as another user, who must be able to reach its files.
  await chmod(scratch, 0o711);
});

afterAll(async () => {
  process.env.DATABASE_URL = DATABASE_URL;
  process.env.DATABASE_OWNER_URL = DATABASE_OWNER_URL;
  await rm(scratch, { recursive: true, force: true });
});

describe("the embedded database", () => {
  test("addresses in the environment come before it, and each is missed only by who asks for it", async () => {
    process.env.DATABASE_URL = "postgresql://wardbook_app@db.example/wardbook";
    const database = await openDatabase();
    delete process.env.DATABASE_URL;
    expect(database.embedded).toBe(false);
    expect(database.url).toBe("postgresql://wardbook_app@db.example/wardbook");
    expect(() => database.ownerUrl).toThrow("DATABASE_OWNER_URL is not set");
  });

  test("two that open it at once share one server, and the last one out stops it", async () => {
    const dataFolder = path.join(scratch, "shared");
    const [first, second] = await Promise.all([openDatabase({ dataFolder }), openDatabase({ dataFolder })]);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    await first.close();
    expect(await ask(second.ownerUrl, "SELECT current_user AS answer")).toBe("wardbook_owner");
    await second.close();
    await expect(ask(second.ownerUrl, "SELECT 1 AS answer")).rejects.toThrow("ECONNREFUSED");
  });

  test("what was written is there at the next start, and its passwords are for one user's eyes", async () => {
    const dataFolder = path.join(scratch, "shared");
    await using(await openDatabase({ dataFolder }), async ({ ownerUrl }) => {
      await ask(ownerUrl, "CREATE TABLE kept AS SELECT 'still here' AS answer");
    });
    await using(await openDatabase({ dataFolder }), async ({ ownerUrl }) => {
      expect(await ask(ownerUrl, "SELECT answer FROM kept")).toBe("still here");
    });
    expect((await stat(path.join(dataFolder, "database.json"))).mode & 0o777).toBe(0o600);
  });

  test("a process killed without warning leaves a server that the next one joins and stops", async () => {
    const dataFolder = path.join(scratch, "killed");
    const child = spawn(process.execPath, [opener, dataFolder], { stdio: ["ignore", "pipe", "inherit"] });
    const [ownerUrl] = await once(child.stdout.setEncoding("utf8"), "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const database = await openDatabase({ dataFolder });
    expect(database.ownerUrl).toBe(ownerUrl);
    await database.close();
    await expect(ask(ownerUrl, "SELECT 1 AS answer")).rejects.toThrow("ECONNREFUSED");
  });

  test("a process that ends by a signal stops the server behind itself", async () => {
    const dataFolder = path.join(scratch, "killed");
    const child = spawn(process.execPath, [opener, dataFolder], { stdio: ["ignore", "pipe", "inherit"] });
    const [ownerUrl] = await once(child.stdout.setEncoding("utf8"), "data");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([143, null]);
    await expect(ask(ownerUrl, "SELECT 1 AS answer")).rejects.toThrow("ECONNREFUSED");
  });

  test("a lock file from before a restart is survived, though its number now belongs to another process", async () => {
    const dataFolder = path.join(scratch, "stale");
    await (await openDatabase({ dataFolder })).close();
    const lockFile = path.join(dataFolder, "postgres", "postmaster.pid");
    const folder = path.join(dataFolder, "postgres");
    await writeFile(lockFile, [process.pid, folder, 1, 5432, "", "127.0.0.1", "", "ready", ""].join("\n"));
    await using(await openDatabase({ dataFolder }), async ({ ownerUrl }) => {
      expect(await ask(ownerUrl, "SELECT current_user AS answer")).toBe("wardbook_owner");
    });
  });
});

describe("roles", () => {
  test("an owner that may not make them is told what an administrator has to run", async () => {
    await using(await openDatabase({ dataFolder: path.join(scratch, "roles") }), async ({ ownerUrl }) => {
      await ask(ownerUrl, "CREATE ROLE plain LOGIN PASSWORD 'plain'");
      const address = new URL(ownerUrl);
      [address.username, address.password] = ["plain", "plain"];
      const plain = new Client({ connectionString: address.toString() });
      await plain.connect();
      const refusal = await ensureRoles(plain).catch((error: Error) => error.message);
      await plain.end();
      expect(refusal).toContain("CREATE ROLE wardbook_app LOGIN PASSWORD 'the password in DATABASE_URL';");
      expect(refusal).toContain("CREATE ROLE ledger_owner NOLOGIN;");
      expect(refusal).toContain('GRANT wardbook_worker TO "plain" WITH SET TRUE, INHERIT FALSE;');
    });
  });

  test("the app can neither pass row security nor take another role, and the owner is no superuser", async () => {
    const owner = inject("databaseOwnerUrl");
    const flags = "SELECT concat_ws(' ', rolsuper, rolbypassrls) AS answer FROM pg_roles WHERE rolname = current_user";
    expect(await ask(inject("databaseUrl"), flags)).toBe("f f");
    expect(await ask(owner, flags)).toBe("f t");
    await expect(ask(inject("databaseUrl"), "SET ROLE wardbook_worker")).rejects.toThrow("permission denied");
    const asWorker = new URL(owner);
    asWorker.searchParams.set("options", "-c role=wardbook_worker");
    expect(await ask(asWorker.toString(), "SELECT current_user AS answer")).toBe("wardbook_worker");
  });
});

describe("migrations", () => {
  test("the database of this project is up to date and agrees with its schema", async () => {
    const ownerUrl = inject("databaseOwnerUrl");
    expect(await applyMigrations(ownerUrl)).toEqual([]);
    expect(await pendingMigrations(ownerUrl)).toEqual([]);
    expect(await checkMigrations(ownerUrl)).toEqual([]);
  });

  test("a function's body may hold semicolons, and a migration applies once", async () => {
    await withProject(async (ownerUrl, folder) => {
      expect(await pendingMigrations(ownerUrl, folder)).toEqual(["20260101000000_begin"]);
      const both = await Promise.all([applyMigrations(ownerUrl, folder), applyMigrations(ownerUrl, folder)]);
      expect(both.flat()).toEqual(["20260101000000_begin"]);
      expect(await ask(ownerUrl, "SELECT greeting() AS answer")).toBe("one; two");
      expect(await checkMigrations(ownerUrl, folder)).toEqual([]);
    });
  });

  test("a column of the schema that no migration makes is noticed, written and then agreed on", async () => {
    await withProject(async (ownerUrl, folder) => {
      await applyMigrations(ownerUrl, folder);
      await writeFile(path.join(folder, "schema", "ward.prisma"), wardModel("phone String?"));
      expect((await checkMigrations(ownerUrl, folder)).join()).toContain("Added column `phone`");
      const file = await createMigration(ownerUrl, "Add phone", folder);
      expect(file).toMatch(/\d{14}_add_phone\/migration\.sql$/);
      expect(await readFile(file, "utf8")).toContain('ADD COLUMN     "phone" TEXT');
      expect(await applyMigrations(ownerUrl, folder)).toHaveLength(1);
      expect(await checkMigrations(ownerUrl, folder)).toEqual([]);
      await expect(createMigration(ownerUrl, "Again", folder)).rejects.toThrow("nothing to write");
    });
  });

  test("a column that only the database has is noticed", async () => {
    await withProject(async (ownerUrl, folder) => {
      await applyMigrations(ownerUrl, folder);
      await ask(ownerUrl, "ALTER TABLE ward ADD COLUMN stray text");
      expect((await checkMigrations(ownerUrl, folder)).join()).toContain("Removed column `stray`");
    });
  });

  test("a migration that fails leaves nothing, says why in words, and applies once it is put right", async () => {
    await withProject(async (ownerUrl, folder) => {
      const wrong = "CREATE TABLE half (id int);\nCREATE TABLE other (id no_such_type);";
      await writeMigration(folder, "20260102000000_wrong", wrong);
      await expect(applyMigrations(ownerUrl, folder)).rejects.toThrow(
        /^Migration 20260102000000_wrong failed: ERROR: type "no_such_type" does not exist$/,
      );
      expect(await ask(ownerUrl, "SELECT to_regclass('half') AS answer")).toBeNull();
      await writeMigration(folder, "20260102000000_wrong", "CREATE FUNCTION other() RETURNS int RETURN 1;");
      expect(await applyMigrations(ownerUrl, folder)).toEqual(["20260102000000_wrong"]);
    });
  });
});

async function withProject(work: (ownerUrl: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(scratch, "prisma-"));
  await mkdir(path.join(folder, "schema"));
  await writeFile(path.join(folder, "schema", "ward.prisma"), wardModel(""));
  await mkdir(path.join(folder, "migrations"));
  await writeFile(path.join(folder, "migrations", "migration_lock.toml"), 'provider = "postgresql"\n');
  await writeMigration(folder, "20260101000000_begin", beginning);
  const database = await openDatabase({ name: path.basename(folder), dataFolder: path.join(scratch, "projects") });
  await using(database, () => work(database.ownerUrl, folder));
}

const beginning = `
  CREATE TABLE ward (id uuid PRIMARY KEY, name text NOT NULL CHECK (name <> ''));
  CREATE FUNCTION greeting() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'one; two'; END $$;
  -- the end`;

function wardModel(column: string): string {
  return `datasource db {
  provider = "postgresql"
}

model Ward {
  id   String @id @db.Uuid
  name String
  ${column}

  @@map("ward")
}
`;
}

async function writeMigration(folder: string, name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, "migrations", name), { recursive: true });
  await writeFile(path.join(folder, "migrations", name, "migration.sql"), sql);
}

async function using(database: OpenedDatabase, work: (database: OpenedDatabase) => Promise<void>): Promise<void> {
  await work(database).finally(() => database.close());
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}
