import "server-only";
import { appClient } from "#lib/platform/db/client.ts";
import { translateDatabaseError } from "#lib/platform/db/errors.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";
import { sendReactions } from "#lib/platform/jobs/send.ts";

declare const pinned: unique symbol;

type WithoutRawSql = Omit<
  Prisma.TransactionClient,
  "$queryRaw" | "$queryRawUnsafe" | "$executeRaw" | "$executeRawUnsafe" | "$queryRawTyped"
>;

/** A transaction that Postgres has pinned to one clinic. Only the doors make one. It has no raw SQL. */
export type ClinicTx = WithoutRawSql & { readonly [pinned]: true };

/** An event ready for the ledger: its exact body text, and the sealed openings of its commitments in base64. */
export type PreparedEvent = {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly openings: ReadonlyArray<{ readonly digest: string; readonly sealed: string }>;
};

export type Sealing<T> = {
  readonly value: T;
  readonly events: readonly PreparedEvent[];
  readonly reactingEventIds: readonly string[];
};

type Pin = { readonly clinicId: string };
type DoorOptions = { readonly timeoutSeconds?: number };

/** A transaction pinned to one clinic, sealed at its end: jobs, then one call that appends to the ledger. */
export async function withClinic<T>(
  pin: Pin,
  options: DoorOptions,
  work: (tx: ClinicTx, now: Date) => Promise<Sealing<T>>,
): Promise<T> {
  return transaction(options, async (tx) => {
    const now = await pinClinic(tx, pin.clinicId);
    const sealing = await work(asClinicTx(tx), now);
    await seal(tx, pin.clinicId, sealing);
    return sealing.value;
  });
}

/** A READ ONLY transaction pinned to one clinic. It sees one moment: what others commit meanwhile does not come between its reads. */
export async function readClinic<T>(
  pin: Pin,
  options: DoorOptions,
  read: (tx: ClinicTx, now: Date) => Promise<T>,
): Promise<T> {
  return transaction(options, async (tx) => {
    await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;
    const now = await pinClinic(tx, pin.clinicId);
    return read(asClinicTx(tx), now);
  });
}

/** What founding a clinic may do beside inserting rows: open its ledger, once. */
export type Foundation = {
  openLedger(origin: string, wrappedKey: Uint8Array): Promise<void>;
  hasAnyClinic(): Promise<boolean>;
};

/**
 * The changes that begin outside a clinic: founding one, joining one, and setting a new password by a link. Pins clinic and
 * account; an advisory lock makes two foundings at once follow each other.
 */
export async function withFounding<T>(
  pin: Pin & { readonly accountId: string | null },
  work: (tx: ClinicTx, now: Date, foundation: Foundation) => Promise<Sealing<T>>,
): Promise<T> {
  return transaction({}, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('wardbook.founding'))`;
    const now = await pinClinic(tx, pin.clinicId);
    if (pin.accountId !== null) await tx.$executeRaw`SELECT set_config('app.account_id', ${pin.accountId}, true)`;
    const sealing = await work(asClinicTx(tx), now, {
      openLedger: async (origin, wrappedKey) => {
        await tx.$executeRaw`SELECT ledger.open(${origin}, ${wrappedKey})`;
      },
      hasAnyClinic: async () => {
        const rows = await tx.$queryRaw<Array<{ any: boolean }>>`SELECT identity.has_any_clinic() AS any`;
        return rows[0]?.any === true;
      },
    });
    await seal(tx, pin.clinicId, sealing);
    return sealing.value;
  });
}

async function transaction<T>(options: DoorOptions, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  const timeoutSeconds = options.timeoutSeconds ?? 10;
  try {
    return await appClient().$transaction(work, { maxWait: 10_000, timeout: timeoutSeconds * 1000 });
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function pinClinic(tx: Prisma.TransactionClient, clinicId: string): Promise<Date> {
  const rows = await tx.$queryRaw<
    Array<{ now: Date }>
  >`SELECT set_config('app.clinic_id', ${clinicId}, true), now() AS now`;
  const now = rows[0]?.now;
  if (now === undefined) throw new Error("the database told no time");
  return now;
}

// The guarantee behind the brand: this transaction has been pinned in the line before.
function asClinicTx(tx: Prisma.TransactionClient): ClinicTx {
  return tx as unknown as ClinicTx;
}

// Last, because append takes the lock on the clinic's ledger head and holds it until the commit.
async function seal(tx: Prisma.TransactionClient, clinicId: string, sealing: Sealing<unknown>): Promise<void> {
  if (sealing.events.length === 0) return;
  await sendReactions(
    tx,
    sealing.reactingEventIds.map((eventId) => ({ clinicId, eventId })),
  );
  await tx.$executeRaw`SELECT ledger.append(${JSON.stringify(sealing.events)}::jsonb)`;
}

/** Stores a signed checkpoint of the pinned clinic's ledger; the same size twice is one. */
export async function addCheckpoint(
  pin: Pin,
  checkpoint: { size: number; root: Uint8Array; note: string },
): Promise<void> {
  await transaction({}, async (tx) => {
    await pinClinic(tx, pin.clinicId);
    await tx.$executeRaw`SELECT ledger.add_checkpoint(${BigInt(checkpoint.size)}, ${checkpoint.root}, ${checkpoint.note})`;
  });
}

/** How far a long job has come; overwritten, not a record of the clinic, and therefore no event. */
export async function reportProgress(
  pin: Pin,
  progress: { jobKey: string; step: string; done: number; total: number },
): Promise<void> {
  await transaction({}, async (tx) => {
    await pinClinic(tx, pin.clinicId);
    const { jobKey, step, done, total } = progress;
    await tx.jobProgress.upsert({
      where: { clinicId_jobKey: { clinicId: pin.clinicId, jobKey } },
      create: { jobKey, step, done, total },
      update: { step, done, total, updatedAt: new Date() },
    });
  });
}
