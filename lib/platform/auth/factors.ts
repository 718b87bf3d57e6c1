import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Conflict, refuse } from "#lib/kernel/errors.ts";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { endRecoveryCodes, makeRecoveryCodes, takeRecoveryCode } from "#lib/platform/auth/recovery-codes.ts";
import { openSecret, sealSecret } from "#lib/platform/auth/sealed-secret.ts";
import { newTotpSecret, stepOfCode, totpAddress } from "#lib/platform/auth/totp.ts";
import { changeWaysIn, FACTORS, requireOtherWayIn } from "#lib/platform/auth/ways-in.ts";
import { type IdentityTx, withIdentity } from "#lib/platform/db/with-identity.ts";

type Holder = { readonly accountId: string; readonly sessionId: string; readonly email: string };

const ENROLMENT_MINUTES = 30;
const Enrolment = z.object({ secret: z.string(), until: z.number() });

export type TotpEnrolment = {
  readonly secret: string;
  /** What the picture holds. */
  readonly address: string;
  /** The secret on its way through the form, good for this session and half an hour. */
  readonly sealed: string;
};

/** A secret for the holder's authenticator app. Nothing is kept until a code of it has come back. */
export function offerTotp({ accountId, sessionId, email }: Holder, now: Date): TotpEnrolment {
  const secret = newTotpSecret();
  const enrolment = JSON.stringify({ secret, until: now.getTime() + ENROLMENT_MINUTES * 60_000 });
  const sealed = Buffer.from(sealSecret(enrolment, enrolmentPlace(accountId, sessionId))).toString("base64url");
  return { secret, address: totpAddress(secret, email), sealed };
}

/**
 * Adds the app that made `code`, and gives recovery codes to whoever has none yet. Refuses `account.enrolment_over` and
 * `second_step.code_wrong`.
 */
export async function addTotp(
  { accountId, sessionId }: Holder,
  { sealed, code }: { sealed: string; code: string },
  now: Date,
): Promise<{ recoveryCodes: string[] }> {
  const { secret, until } = openEnrolment(sealed, enrolmentPlace(accountId, sessionId));
  if (until <= now.getTime()) throw refuse("account.enrolment_over");
  const step = await stepOfCode(secret, code, now);
  if (step === null) throw refuse("second_step.code_wrong", {}, "code");
  return withIdentity(accountId, async (tx) => {
    const id = randomUUID();
    const isFirst = (await listCredentials(tx, accountId)).length === 0;
    await tx.credential.create({
      data: {
        id,
        accountId,
        kind: "totp",
        sealedSecret: sealSecret(secret, secretPlace(accountId, id)),
        lastStep: step,
        createdAt: now,
      },
      select: { id: true },
    });
    await noteAccountEvent(tx, accountId, now, { type: "totp_added" });
    return { recoveryCodes: isFirst ? await makeRecoveryCodes(tx, accountId, now) : [] };
  }).catch((error: unknown) => {
    throw error instanceof Conflict ? refuse("account.totp_there_already") : error;
  });
}

export type OwnFactor = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
};

export type OwnFactors = { readonly factors: readonly OwnFactor[]; readonly recoveryCodesLeft: number };

/** What the holder signs in with beside the password. */
export async function listOwnFactors(accountId: string): Promise<OwnFactors> {
  return withIdentity(accountId, async (tx) => ({
    factors: await listCredentials(tx, accountId),
    recoveryCodesLeft: await tx.recoveryCode.count({ where: { accountId, endedAt: null } }),
  }));
}

/**
 * Removes a factor of the holder's, and with the last one the recovery codes; whoever asks has proved to be the holder.
 * Refuses `account.last_way_in` for a passkey that alone signs in.
 */
export async function removeFactor(accountId: string, id: string, now: Date): Promise<void> {
  await changeWaysIn(accountId, async (tx) => {
    const own = await tx.credential.findFirst({ where: { id, accountId, ...FACTORS }, select: { kind: true } });
    if (own?.kind === "passkey") await requireOtherWayIn(tx, accountId, id);
    const { count } = await tx.credential.updateMany({
      where: { id, accountId, removedAt: null, ...FACTORS },
      data: { removedAt: now },
    });
    if (own === null || count === 0) return;
    const type = own.kind === "passkey" ? "passkey_removed" : "totp_removed";
    await noteAccountEvent(tx, accountId, now, { type });
    if ((await listCredentials(tx, accountId)).length === 0) await endRecoveryCodes(tx, accountId, now);
  });
}

/** Ten recovery codes in the place of the old ones; whoever asks has proved to be the holder. Refuses `account.no_factor`. */
export async function renewRecoveryCodes(accountId: string, now: Date): Promise<string[]> {
  return withIdentity(accountId, async (tx) => {
    if ((await listCredentials(tx, accountId)).length === 0) throw refuse("account.no_factor");
    return makeRecoveryCodes(tx, accountId, now);
  });
}

export async function hasFactor(accountId: string): Promise<boolean> {
  return withIdentity(accountId, async (tx) => (await listCredentials(tx, accountId)).length > 0);
}

/** Whether this is a code of the account's app that was never accepted before, or one of its unused recovery codes. */
export async function takeCode(accountId: string, code: string, now: Date): Promise<boolean> {
  return withIdentity(
    accountId,
    async (tx) => (await takeTotp(tx, accountId, code, now)) || (await takeRecoveryCode(tx, accountId, code, now)),
  );
}

async function takeTotp(tx: IdentityTx, accountId: string, code: string, now: Date): Promise<boolean> {
  const app = await tx.credential.findFirst({
    where: { accountId, kind: "totp", removedAt: null },
    select: { id: true, sealedSecret: true },
  });
  if (app?.sealedSecret == null) return false;
  const step = await stepOfCode(openSecret(app.sealedSecret, secretPlace(accountId, app.id)), code, now);
  if (step === null) return false;
  // RFC 6238, 5.2: a code is accepted once. Of two posts at the same moment one finds the step still free.
  const { count } = await tx.credential.updateMany({
    where: { id: app.id, removedAt: null, lastStep: { lt: step } },
    data: { lastStep: step, lastUsedAt: now },
  });
  return count > 0;
}

export async function listCredentials(tx: IdentityTx, accountId: string): Promise<OwnFactor[]> {
  const rows = await tx.credential.findMany({
    where: { accountId, removedAt: null, ...FACTORS },
    select: { id: true, kind: true, name: true, createdAt: true, lastUsedAt: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 50,
  });
  return rows.map(({ createdAt, ...factor }) => ({ ...factor, addedAt: createdAt }));
}

function openEnrolment(sealed: string, place: string): z.output<typeof Enrolment> {
  try {
    return Enrolment.parse(JSON.parse(openSecret(Buffer.from(sealed, "base64url"), place)));
  } catch {
    throw refuse("account.enrolment_over");
  }
}

function enrolmentPlace(accountId: string, sessionId: string): string {
  return `totp-enrolment|${accountId}|${sessionId}`;
}

function secretPlace(accountId: string, credentialId: string): string {
  return `totp-secret|${accountId}|${credentialId}`;
}
