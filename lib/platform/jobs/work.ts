import "server-only";
import { PgBoss } from "pg-boss";
import { requireOwnerUrl } from "#lib/platform/db/client.ts";
import { REACTIONS_QUEUE, type ReactionJob } from "#lib/platform/jobs/queue.ts";
import { log } from "#lib/platform/log.ts";

/** Works off the queue, one job at a time, until `stop` is called. A job that throws is tried again with backoff. */
export async function workReactions(handle: (job: ReactionJob) => Promise<void>): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: requireOwnerUrl(), max: 4, migrate: false, createSchema: false });
  boss.on("error", (error) => log.error({ err: error }, "the job queue failed"));
  await boss.start();
  await boss.work<ReactionJob>(REACTIONS_QUEUE, { batchSize: 1, pollingIntervalSeconds: 0.5 }, async (jobs) => {
    for (const job of jobs) {
      const { clinicId, eventId } = job.data;
      try {
        await handle(job.data);
      } catch (error) {
        log.error({ err: error, clinicId, eventId, jobId: job.id }, "a job failed and will be tried again");
        throw error;
      }
    }
  });
  return { stop: () => boss.stop({ graceful: true, timeout: 20_000 }) };
}
