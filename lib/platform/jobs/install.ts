import pg from "pg";
import { PgBoss } from "pg-boss";
import { REACTIONS_QUEUE } from "#lib/platform/jobs/queue.ts";

/** Creates or upgrades the queue's tables as the owner, and lets the app's role send. Run after the migrations. */
export async function installJobQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false });
  await boss.start();
  const queue = {
    retryLimit: 5,
    retryBackoff: true,
    retryDelay: 2,
    expireInSeconds: 900,
    deleteAfterSeconds: 7 * 86_400,
  };
  if ((await boss.getQueue(REACTIONS_QUEUE)) === null) await boss.createQueue(REACTIONS_QUEUE, queue);
  await boss.stop({ graceful: false });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("GRANT USAGE ON SCHEMA pgboss TO wardbook_app");
    await client.query(
      "REVOKE ALL ON ALL TABLES IN SCHEMA pgboss FROM wardbook_app; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA pgboss TO wardbook_app",
    );
    await client.query("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO wardbook_app");
  } finally {
    await client.end();
  }
}
