import "server-only";
import { refuse } from "#lib/kernel/errors.ts";
import { signIn, signOut } from "#lib/platform/auth/config.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { currentSession } from "#lib/platform/auth/session.ts";
import { attemptSignIn, endSession } from "#lib/platform/auth/sign-in.ts";

/** Signs this browser in, ending what it was signed in to before. Refuses `sign_in.refused` and `sign_in.slowed`. */
export async function signInHere(credentials: { email: string; password: string }): Promise<void> {
  const { address, userAgent } = await requestFacts();
  const attempt = await attemptSignIn({ ...credentials, address, userAgent });
  if (attempt.outcome === "slowed") throw refuse("sign_in.slowed", { minutes: attempt.minutes });
  if (attempt.outcome === "refused") throw refuse("sign_in.refused");
  const before = await currentSession();
  if (before !== null) await endSession(before.accountId, before.sessionId);
  await signIn("credentials", { token: attempt.token, redirect: false });
}

/** Ends the session of this browser, then takes its cookie. */
export async function signOutHere(): Promise<void> {
  const session = await currentSession();
  if (session !== null) await endSession(session.accountId, session.sessionId);
  await signOut({ redirect: false });
}
