import "server-only";
import { fromPrisma, PgBoss } from "pg-boss";
import { env } from "#lib/platform/env.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";
import { REACTIONS_QUEUE, type ReactionJob } from "#lib/platform/jobs/queue.ts";
import { log } from "#lib/platform/log.ts";

type Kept = { wardbookSender?: Promise<PgBoss> | undefined };
const kept = globalThis as Kept;

// Starts once a process, without the tables' upkeep: that is the worker's.
function sender(): Promise<PgBoss> {
  kept.wardbookSender ??= startSender().catch((error: unknown) => {
    kept.wardbookSender = undefined;
    throw error;
  });
  return kept.wardbookSender;
}

async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: env().DATABASE_URL,
    max: 2,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on("error", (error) => log.error({ err: error }, "the job queue's connection failed"));
  await boss.start();
  return boss;
}

/** Enqueues in the caller's transaction: a change and what follows from it commit together or not at all. */
export async function sendReactions(tx: Prisma.TransactionClient, jobs: readonly ReactionJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const boss = await sender();
  await boss.insert(
    REACTIONS_QUEUE,
    jobs.map((data) => ({ data })),
    { db: fromPrisma(tx) },
  );
}

export async function stopSender(): Promise<void> {
  const started = kept.wardbookSender;
  kept.wardbookSender = undefined;
  if (started !== undefined) await (await started).stop({ graceful: false });
}
