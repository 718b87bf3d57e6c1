import "server-only";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { Conflict, refuse } from "#lib/kernel/errors.ts";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { listCredentials } from "#lib/platform/auth/factors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { makeRecoveryCodes } from "#lib/platform/auth/recovery-codes.ts";
import { openSession } from "#lib/platform/auth/sign-in.ts";
import { minutesToWait, slowingSince } from "#lib/platform/auth/slowing.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import {
  type PasskeyQuestion,
  type PasskeyRow,
  passkeyForSignIn,
  recentRefusals,
  recordPasskeyChallenge,
  recordSignInAttempt,
  takePasskeyChallenge,
} from "#lib/platform/db/identity.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";
import { env } from "#lib/platform/env.ts";

const QUESTION_MINUTES = 5;

type Holder = { readonly accountId: string; readonly email: string };
type Asked = Pick<PasskeyQuestion, "purpose" | "accountId">;

export type RegistrationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>;
export type AuthenticationOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>;
type RegistrationResponse = Parameters<typeof verifyRegistrationResponse>[0]["response"];
type AuthenticationResponse = Parameters<typeof verifyAuthenticationResponse>[0]["response"];

/** What a browser needs to make a passkey for the holder. It must know its user: the passkey stands for a password too. */
export async function askToAddPasskey({ accountId, email }: Holder, now: Date): Promise<RegistrationOptions> {
  const known = await withIdentity(accountId, (tx) =>
    tx.credential.findMany({
      where: { accountId, kind: "passkey", removedAt: null },
      select: { passkeyId: true, transports: true },
      take: 50,
    }),
  );
  const options = await generateRegistrationOptions({
    rpName: "Wardbook",
    rpID: here().rpId,
    userName: email,
    userID: new TextEncoder().encode(accountId),
    attestationType: "none",
    excludeCredentials: known.map(({ passkeyId, transports }) => ({ id: passkeyId ?? "", transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await recordQuestion(options.challenge, { purpose: "add", accountId }, now);
  return options;
}

/** Adds the passkey that answered. Refuses `passkey.not_added` and `passkey.there_already`. */
export async function addPasskey(
  { accountId }: Holder,
  { answer, name }: { answer: string; name: string },
  now: Date,
): Promise<{ recoveryCodes: string[] }> {
  const response = parseAnswer<RegistrationResponse>(answer);
  if (response === null) throw refuse("passkey.not_added");
  const { rpId, origin } = here();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (challenge) => isOpen(challenge, { purpose: "add", accountId }, now),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) throw refuse("passkey.not_added");
  const { id: passkeyId, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  const key = { passkeyId, publicKey: new Uint8Array(publicKey), counter, transports };
  return withIdentity(accountId, async (tx) => {
    const isFirst = (await listCredentials(tx, accountId)).length === 0;
    await tx.credential.create({
      data: { accountId, kind: "passkey", name, ...key, createdAt: now },
      select: { id: true },
    });
    await noteAccountEvent(tx, accountId, now, { type: "passkey_added" });
    return { recoveryCodes: isFirst ? await makeRecoveryCodes(tx, accountId, now) : [] };
  }).catch((error: unknown) => {
    throw error instanceof Conflict ? refuse("passkey.there_already") : error;
  });
}

/** A question to whichever passkey of this site the browser holds; to those of one account, where the password was given. */
export async function askForPasskey(accountId: string | null, now: Date): Promise<AuthenticationOptions> {
  const options = await generateAuthenticationOptions({ rpID: here().rpId, userVerification: "required" });
  await recordQuestion(options.challenge, askedOf(accountId), now);
  return options;
}

type Answer = {
  readonly answer: string;
  /** The account whose password was given before; null where the passkey alone signs in. */
  readonly accountId: string | null;
  readonly address: string;
  readonly userAgent: string;
};

/**
 * Signs in whoever holds the passkey that answered. One that doesn't fit is a refused try. Refuses `passkey.refused` and
 * `sign_in.slowed`.
 */
export async function signInWithPasskey(given: Answer, now: Date): Promise<{ token: string }> {
  const response = parseAnswer<AuthenticationResponse>(given.answer);
  const passkey = response === null ? null : await passkeyForSignIn(response.id);
  const emailHash = keyedHash("email", passkey?.email ?? "a passkey that nobody has");
  const addressHash = keyedHash("address", given.address);
  return oneAfterTheOther(emailHash, async () => {
    const tried = { emailHash, addressHash, accountId: passkey?.accountId ?? null, sessionId: null };
    const minutes = minutesToWait(await recentRefusals(emailHash, addressHash, slowingSince(now)), now);
    if (passkey !== null && minutes > 0) {
      await recordSignInAttempt({ ...tried, outcome: "slowed" });
      throw refuse("sign_in.slowed", { minutes });
    }
    if (response === null || passkey === null || !(await fits(passkey, response, given.accountId, now))) {
      await recordSignInAttempt({ ...tried, outcome: "refused" });
      throw refuse("passkey.refused");
    }
    const opened = await openSession(passkey.accountId, given.userAgent, { way: "passkey" });
    await recordSignInAttempt({ ...tried, sessionId: opened.sessionId, outcome: "opened" });
    return { token: opened.token };
  });
}

async function fits(
  passkey: PasskeyRow,
  response: AuthenticationResponse,
  accountId: string | null,
  now: Date,
): Promise<boolean> {
  if (accountId !== null && accountId !== passkey.accountId) return false;
  const { rpId, origin } = here();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => isOpen(challenge, askedOf(accountId), now),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: passkey.publicKey,
      // One that counts and doesn't count on is a copy; the package refuses it.
      counter: Number(passkey.counter),
      transports: passkey.transports,
    },
  }).catch(() => null);
  if (!verified?.verified) return false;
  const used = await withIdentity(passkey.accountId, (tx) =>
    tx.credential.updateMany({
      where: { id: passkey.id, removedAt: null },
      data: { counter: verified.authenticationInfo.newCounter, lastUsedAt: now },
    }),
  );
  return used.count > 0;
}

function askedOf(accountId: string | null): Asked {
  return accountId === null ? { purpose: "sign_in", accountId } : { purpose: "second_step", accountId };
}

async function recordQuestion(challenge: string, asked: Asked, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + QUESTION_MINUTES * 60_000);
  await recordPasskeyChallenge({ ...asked, challengeHash: tokenHash(challenge), expiresAt });
}

function isOpen(challenge: string, asked: Asked, now: Date): Promise<boolean> {
  return takePasskeyChallenge({ ...asked, challengeHash: tokenHash(challenge) }, now);
}

const AnyAnswer = z.looseObject({ id: z.string().min(1).max(1400) });

// As much as is needed to look the passkey up; the package reads the rest, and refuses what it can't.
function parseAnswer<Response extends { id: string }>(answer: string): Response | null {
  try {
    return AnyAnswer.parse(JSON.parse(answer)) as unknown as Response;
  } catch {
    return null;
  }
}

function here(): { rpId: string; origin: string } {
  const { hostname, origin } = new URL(env().WARDBOOK_URL);
  return { rpId: hostname, origin };
}
