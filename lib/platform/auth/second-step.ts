import "server-only";
import { refuse } from "#lib/kernel/errors.ts";
import type { SignInWay } from "#lib/kernel/sign-in-ways.ts";
import { takeCode } from "#lib/platform/auth/factors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { endSession, openSession } from "#lib/platform/auth/sign-in.ts";
import { minutesToWait, slowingSince } from "#lib/platform/auth/slowing.ts";
import { recentRefusals, recordSignInAttempt } from "#lib/platform/db/identity.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";

type HalfSignedIn = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly email: string;
  /** How they came as far as this. */
  readonly way?: SignInWay | null;
};
type SecondStep = { readonly code: string; readonly address: string; readonly userAgent: string };

/**
 * The second step of signing in: a code of the app, or a recovery code. It opens a session with a token of its own, and the
 * one that the first step opened ends. The code is the holder's own: the new session opens all their clinics, whoever vouched
 * for them in the first step. A wrong code counts as a wrong password does. Refuses `second_step.code_wrong` and
 * `sign_in.slowed`.
 */
export async function completeSignIn(
  { accountId, sessionId, email, way = "password" }: HalfSignedIn,
  { code, address, userAgent }: SecondStep,
  now: Date,
): Promise<{ token: string }> {
  const emailHash = keyedHash("email", email);
  const addressHash = keyedHash("address", address);
  return oneAfterTheOther(emailHash, async () => {
    const tried = { emailHash, addressHash, accountId, sessionId: null };
    const minutes = minutesToWait(await recentRefusals(emailHash, addressHash, slowingSince(now)), now);
    if (minutes > 0) {
      await recordSignInAttempt({ ...tried, outcome: "slowed" });
      throw refuse("sign_in.slowed", { minutes });
    }
    if (!(await takeCode(accountId, code, now))) {
      await recordSignInAttempt({ ...tried, outcome: "refused" });
      throw refuse("second_step.code_wrong", {}, "code");
    }
    await endSession(accountId, sessionId);
    const opened = await openSession(accountId, userAgent, { way });
    await recordSignInAttempt({ ...tried, sessionId: opened.sessionId, outcome: "opened" });
    return { token: opened.token };
  });
}
