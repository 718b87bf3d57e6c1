import "server-only";
import { newId } from "#lib/kernel/ids.ts";
import type { SignInWay } from "#lib/kernel/sign-in-ways.ts";
import { hasFactor } from "#lib/platform/auth/factors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { passwordFits } from "#lib/platform/auth/password.ts";
import { minutesToWait, slowingSince } from "#lib/platform/auth/slowing.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";
import { accountForSignIn, recentRefusals, recordSignInAttempt } from "#lib/platform/db/identity.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

/** A session ends this long after it was opened, whatever happens in it. */
export const SESSION_HOURS = 12;

/** A right password waits this long for the second step. */
const SECOND_STEP_MINUTES = 10;

export type Credentials = {
  email: string;
  password: string;
  address: string;
  userAgent: string;
  /** Only for the people of the demo, who are signed in by one click. */
  withoutSecondFactor?: boolean;
};

export type SignInOutcome =
  | { readonly outcome: "opened"; readonly token: string }
  /** The password was right and the account has a second factor: the token is good for the second step alone. */
  | { readonly outcome: "second_step"; readonly token: string }
  | { readonly outcome: "refused" }
  | { readonly outcome: "slowed"; readonly minutes: number };

/**
 * Tries to sign in. Every try is written down and costs the same whether the email is known or not; too many in a quarter
 * of an hour, for one email or from one address, have to wait.
 */
export async function attemptSignIn(credentials: Credentials): Promise<SignInOutcome> {
  // One after the other for one email: tries in parallel would all be counted before any is written down.
  const emailHash = keyedHash("email", credentials.email);
  return oneAfterTheOther(emailHash, () => attempt(emailHash, credentials));
}

async function attempt(
  emailHash: Uint8Array<ArrayBuffer>,
  { email, password, address, userAgent, withoutSecondFactor = false }: Credentials,
): Promise<SignInOutcome> {
  const addressHash = keyedHash("address", address);
  const now = new Date();
  const account = await accountForSignIn(email);
  const tried = { emailHash, addressHash, accountId: account?.id ?? null, sessionId: null };
  const minutes = minutesToWait(await recentRefusals(emailHash, addressHash, slowingSince(now)), now);
  if (minutes > 0) {
    await recordSignInAttempt({ ...tried, outcome: "slowed" });
    return { outcome: "slowed", minutes };
  }
  const fits = await passwordFits(account?.passwordHash ?? null, password);
  if (account === null || !fits) {
    await recordSignInAttempt({ ...tried, outcome: "refused" });
    return { outcome: "refused" };
  }
  const awaitsSecondFactor = !withoutSecondFactor && (await hasFactor(account.id));
  const { token, sessionId } = await openSession(account.id, userAgent, { way: "password", awaitsSecondFactor });
  const outcome = awaitsSecondFactor ? "second_step" : "opened";
  await recordSignInAttempt({ ...tried, sessionId, outcome });
  return { outcome, token };
}

type Proof = {
  /** How; null where nobody signed in, as when somebody has just joined. */
  readonly way?: SignInWay | null;
  readonly awaitsSecondFactor?: boolean;
  readonly provedFactor?: boolean;
  /** The clinic that answers for whoever vouched; null where the person proved themselves. */
  readonly byClinic?: string | null;
};

/** Opens a session for an account that has just proved itself; the token goes into the cookie and nowhere else. */
export async function openSession(
  accountId: string,
  userAgent: string,
  { way = null, awaitsSecondFactor = false, provedFactor = false, byClinic = null }: Proof = {},
): Promise<{ token: string; sessionId: string }> {
  const lastsMinutes = awaitsSecondFactor ? SECOND_STEP_MINUTES : SESSION_HOURS * 60;
  const token = newToken();
  const sessionId = newId();
  await withIdentity(accountId, (tx) =>
    tx.session.create({
      data: {
        id: sessionId,
        accountId,
        tokenHash: tokenHash(token),
        userAgent: userAgent.slice(0, 300),
        ...{ way, awaitsSecondFactor, provedFactor, byClinic },
        expiresAt: new Date(Date.now() + lastsMinutes * 60_000),
      },
      select: { id: true },
    }),
  );
  return { token, sessionId };
}

/** Ends one session: from its next request on, that browser is signed out. */
export async function endSession(accountId: string, sessionId: string): Promise<void> {
  await withIdentity(accountId, (tx) =>
    tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } }),
  );
}
