import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getEventForReaction, getLedgerSize, verifyLedger } from "#lib/domain/ledger/queries.ts";
import { ensureCheckpoint } from "#lib/domain/ledger/reactions.ts";
import { queueDigests } from "#lib/domain/notifications/outbox/commands/queue-digests.ts";
import { REACTIONS } from "#lib/domain/reactions.ts";
import { noteLapsedBaas } from "#lib/domain/vendors/commands/note-lapsed-baas.ts";
import { beatHeart, clinicIds, forgetChallenges } from "#lib/platform/db/identity.ts";
import type { ReactionJob } from "#lib/platform/jobs/queue.ts";
import { workReactions } from "#lib/platform/jobs/work.ts";
import { log } from "#lib/platform/log.ts";
import { lockSigner } from "#lib/platform/signer.ts";
import { copyAccountEvents } from "#scripts/copy-account-events.ts";
import { copySignIns } from "#scripts/copy-sign-ins.ts";
import { sendDueMail } from "#scripts/send-mail.ts";

const SECOND = 1000;
const CHECKPOINT_EVERY = 15 * 60 * SECOND;
const MAIL_EVERY = 2 * SECOND;
const DIGESTS_EVERY = 5 * 60 * SECOND;
const LAPSES_EVERY = 10 * 60 * SECOND;
const CHALLENGES_EVERY = 10 * 60 * SECOND;

// The only signer while it lives, and the only one that works off the queue.
const releaseSigner = lockSigner();
const reactions = await workReactions(react);
const stops = [
  every(15 * SECOND, "heartbeat", () => beatHeart("worker", String(process.pid))),
  every(5 * SECOND, "sign-ins", () => copySignIns(new Date())),
  every(5 * SECOND, "account events", copyAccountEvents),
  every(MAIL_EVERY, "mail", () => sendDueMail(new Date())),
  every(DIGESTS_EVERY, "digests", writeDigests),
  every(LAPSES_EVERY, "lapses", noteLapses),
  every(CHALLENGES_EVERY, "challenges", () => forgetChallenges(new Date()).then(() => undefined)),
  every(CHECKPOINT_EVERY, "checkpoints", signCheckpoints),
  every(24 * 60 * 60 * SECOND, "verification", verifyLedgers),
];
log.info({ pid: process.pid }, "the worker is at work");

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    for (const stop of stops) stop();
    await reactions.stop();
    releaseSigner();
    process.exit(0);
  });
}

async function react({ clinicId, eventId }: ReactionJob): Promise<void> {
  const ctx = await systemContext(clinicId, { kind: "system", job: "reactions" });
  const event = await getEventForReaction(ctx, { eventId });
  const reaction = event === null ? undefined : REACTIONS[event.type];
  if (event === null || reaction === undefined) return;
  // What follows from an act stays joined to it in the ledger.
  await reaction({ ...ctx, requestId: event.correlationId ?? ctx.requestId }, event);
}

function signCheckpoints(): Promise<void> {
  return inEachClinic("checkpoints", async (ctx) => {
    const { size, signedSize } = await getLedgerSize(ctx, {});
    if (size > signedSize) await ensureCheckpoint(ctx, size);
  });
}

function noteLapses(): Promise<void> {
  return inEachClinic("lapses", async (ctx) => {
    await noteLapsedBaas(ctx, {});
  });
}

function writeDigests(): Promise<void> {
  return inEachClinic("digests", async (ctx) => {
    await queueDigests(ctx, {});
  });
}

function verifyLedgers(): Promise<void> {
  return inEachClinic("verification", async (ctx) => {
    const { clinicId } = ctx;
    const { firstBad, size } = await verifyLedger(ctx, {});
    if (firstBad !== null) log.error({ clinicId, ...firstBad }, "a ledger does not verify");
    else log.info({ clinicId, size }, "a ledger verifies");
  });
}

/** A ledger that the signer refuses, or that cannot be read, is its own clinic's trouble and not that of those after it. */
async function inEachClinic(job: string, work: (ctx: ClinicContext) => Promise<void>): Promise<void> {
  for (const { id } of await clinicIds()) {
    try {
      await work(await systemContext(id, { kind: "system", job }));
    } catch (error) {
      log.error({ err: error, job, clinicId: id }, "a job of the worker failed for a clinic");
    }
  }
}

/** Runs now and then again and again, each time after the last has ended. A failure is logged and not the end. */
function every(milliseconds: number, job: string, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  const round = async () => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error, job }, "a job of the worker failed");
    }
    timer = setTimeout(round, milliseconds);
  };
  timer = setTimeout(round, 0);
  return () => clearTimeout(timer);
}
