import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import { DatabaseError, Pool } from "pg";

export type { MigrationList, SchemaEngine, SchemasContainer } from "@prisma/schema-engine-wasm/schema_engine_bg";

/** In the transaction of the script itself: a row left unfinished by a crash then tells of a script that did nothing. */
const markFinished = `RESET ROLE;
  UPDATE public._prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`;
const glueName = "./schema_engine_bg.js";

/** Prisma's schema engine as WebAssembly, on our own connections: nothing is downloaded and nothing outlives the work. */
export async function withSchemaEngine<T>(
  ownerUrl: string,
  work: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const connections = new EngineConnections(ownerUrl);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(connections);
    const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
    return await work(engine);
  } finally {
    await connections.end();
  }
}

class EngineConnections implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "@prisma/adapter-pg";
  readonly #ownerUrl: string;
  readonly #pool: Pool;
  readonly #shadows = new Map<string, Pool>();

  constructor(ownerUrl: string) {
    this.#ownerUrl = ownerUrl;
    this.#pool = new Pool({ connectionString: ownerUrl });
  }

  connect(): Promise<SqlDriverAdapter> {
    return adapterOn(this.#pool, markFinished);
  }

  /** Prisma's own would connect to the main database again: there an address outweighs the database's name. */
  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const name = `wardbook_shadow_${randomUUID()}`;
    await this.#pool.query(`CREATE DATABASE "${name}"`).catch((error: Error) => {
      throw new Error(`The owner cannot create the database that the migrations are tried in: ${error.message}.`);
    });
    const address = new URL(this.#ownerUrl);
    address.pathname = `/${name}`;
    const pool = new Pool({ connectionString: address.toString() });
    this.#shadows.set(name, pool);
    return adapterOn(pool, "");
  }

  async end(): Promise<void> {
    for (const [name, pool] of this.#shadows) {
      await pool.end();
      await this.#pool.query(`DROP DATABASE IF EXISTS "${name}"`);
    }
    await this.#pool.end();
  }
}

/**
 * Prisma's own adapter, corrected twice for migrations: its `executeScript` cuts at every semicolon, those inside a
 * function's body too; and it does not know the type "char", in which the catalogue describes constraints.
 */
async function adapterOn(pool: Pool, afterScript: string): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw({ ...query, sql: charactersAsText(query.sql) });
    const columnTypes = result.columnTypes.map((type, index) =>
      characterColumns.has(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  adapter.executeScript = (script) => executeScript(pool, `${script}\n;${afterScript}`);
  return adapter;
}

/** One message is one transaction, unless the script makes its own; what it set for its session goes with the session. */
async function executeScript(pool: Pool, script: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(script);
  } catch (error) {
    throw error instanceof DatabaseError ? asAdapterError(error) : error;
  } finally {
    client.release(true);
  }
}

const characterColumns = new Set(["constraint_type", "confdeltype", "confupdtype"]);

function charactersAsText(sql: string): string {
  return sql
    .replace("constr.contype AS constraint_type", "constr.contype::text AS constraint_type")
    .replace(/\bcon\.(confdeltype|confupdtype),/g, "con.$1::text AS $1,");
}

function asAdapterError({ code, severity, message, detail, column, hint }: DatabaseError): DriverAdapterError {
  return new DriverAdapterError({
    ...{ kind: "postgres", code: code ?? "", severity: severity ?? "ERROR", message, detail, column, hint },
  });
}

let loading: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loading ??= instantiate();
  return loading;
}

/** The package's own entry imports the module as Node does only behind a flag. */
async function instantiate(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: failWith } });
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const module = await WebAssembly.compile(await readFile(path.join(folder, "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { [glueName]: { ...glue } });
  glue.__wbg_set_wasm(exports);
  if (typeof exports.__wbindgen_start === "function") exports.__wbindgen_start();
}

function failWith(message: string): never {
  throw new Error(`The schema engine gave up: ${message}`);
}
