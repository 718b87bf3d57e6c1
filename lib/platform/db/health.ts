import "server-only";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { appClient } from "#lib/platform/db/client.ts";
import { secondsSinceHeartbeat } from "#lib/platform/db/identity.ts";

const ANSWER_SECONDS_MAX = 5;
const HEARTBEAT_SECONDS_MAX = 60;

export type Health = {
  readonly database: "ok" | "no_answer";
  /** `unknown` while the database doesn't answer. */
  readonly migrations: "ok" | "pending" | "unknown";
  readonly worker: "ok" | "silent" | "unknown";
};

/** Whether the database answers, knows every migration of this version, and has heard of the worker in the last minute. */
export async function checkHealth(): Promise<Health> {
  try {
    return await withinSeconds(ANSWER_SECONDS_MAX, askDatabase());
  } catch {
    return { database: "no_answer", migrations: "unknown", worker: "unknown" };
  }
}

async function askDatabase(): Promise<Health> {
  await appClient().$queryRaw`SELECT 1`;
  const [migrations, worker] = await Promise.all([migrationState().catch(unknown), workerState().catch(unknown)]);
  return { database: "ok", migrations, worker };
}

async function migrationState(): Promise<"ok" | "pending"> {
  const rows = await appClient().$queryRaw<Array<{ name: string }>>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const applied = new Set(rows.map((row) => row.name));
  return (await migrationNames()).every((name) => applied.has(name)) ? "ok" : "pending";
}

async function workerState(): Promise<"ok" | "silent"> {
  const seconds = await secondsSinceHeartbeat("worker");
  return seconds !== null && seconds <= HEARTBEAT_SECONDS_MAX ? "ok" : "silent";
}

async function migrationNames(): Promise<string[]> {
  const folder = path.join(process.cwd(), "prisma", "migrations");
  const names = await readdir(folder);
  return names.filter((name) => existsSync(path.join(folder, name, "migration.sql")));
}

function unknown(): "unknown" {
  return "unknown";
}

async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
