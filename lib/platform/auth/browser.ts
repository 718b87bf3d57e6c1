import "server-only";
import { cookies } from "next/headers";
import { refuse } from "#lib/kernel/errors.ts";
import { signIn, signOut } from "#lib/platform/auth/config.ts";
import { signInWithPasskey } from "#lib/platform/auth/passkeys.ts";
import { offeredProvider } from "#lib/platform/auth/providers.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { completeSignIn } from "#lib/platform/auth/second-step.ts";
import { currentSession, sessionAwaitingFactor } from "#lib/platform/auth/session.ts";
import { attemptSignIn, endSession } from "#lib/platform/auth/sign-in.ts";
import {
  answersFlow,
  beginSignOn,
  openFlow,
  SIGN_ON_MINUTES,
  type SignOnFlow,
  type SignOnPurpose,
} from "#lib/platform/auth/sign-on.ts";
import { env } from "#lib/platform/env.ts";

type Given = { email: string; password: string; withoutSecondFactor?: boolean };

/**
 * Signs this browser in, ending what it was signed in to before; or as far as the second step, where the account has one.
 * Refuses `sign_in.refused` and `sign_in.slowed`.
 */
export async function signInHere(given: Given): Promise<"signed_in" | "second_step"> {
  const { address, userAgent } = await requestFacts();
  const attempt = await attemptSignIn({ ...given, address, userAgent });
  if (attempt.outcome === "slowed") throw refuse("sign_in.slowed", { minutes: attempt.minutes });
  if (attempt.outcome === "refused") throw refuse("sign_in.refused");
  await endSessionsHere();
  await signIn("credentials", { token: attempt.token, redirect: false });
  return attempt.outcome === "opened" ? "signed_in" : "second_step";
}

/** Completes the sign-in of this browser. Refuses as `completeSignIn` does, and `second_step.start_over` when nothing waits for it. */
export async function completeSignInHere(code: string): Promise<void> {
  const waiting = await sessionAwaitingFactor();
  if (waiting === null) throw refuse("second_step.start_over");
  const { address, userAgent } = await requestFacts();
  const { token } = await completeSignIn(waiting, { code, address, userAgent }, new Date());
  await signIn("credentials", { token, redirect: false });
}

/**
 * Signs this browser in by a passkey alone, or completes its sign-in by one where the password was given. Refuses
 * `passkey.refused` and `sign_in.slowed`.
 */
export async function signInByPasskeyHere(answer: string): Promise<void> {
  const { address, userAgent } = await requestFacts();
  const waiting = await sessionAwaitingFactor();
  const given = { answer, accountId: waiting?.accountId ?? null, address, userAgent };
  const { token } = await signInWithPasskey(given, new Date());
  await endSessionsHere();
  await signIn("credentials", { token, redirect: false });
}

// The prefix keeps a page of a sibling host from setting it; browsers take it over https alone.
const flowCookie = () => (env().WARDBOOK_URL.startsWith("https:") ? "__Host-wardbook-sign-on" : "wardbook-sign-on");

/** The provider's address to send this browser to. Refuses `sign_on.not_offered` and `sign_on.unreachable`. */
export async function beginSignOnHere(provider: unknown, purpose: SignOnPurpose): Promise<string> {
  const offered = offeredProvider(provider);
  if (offered === null) throw refuse("sign_on.not_offered");
  const { url, cookie } = await beginSignOn(offered, purpose, new Date());
  (await cookies()).set(flowCookie(), cookie, {
    httpOnly: true,
    // It comes back with a link from the provider's host, which a strict cookie would not.
    sameSite: "lax",
    secure: env().WARDBOOK_URL.startsWith("https:"),
    maxAge: SIGN_ON_MINUTES * 60,
    path: "/",
  });
  return url.toString();
}

/** What this browser went to a provider for, until the answer to it is here; null when it didn't, or too long ago. */
export async function takeFlowHere(provider: string, query: URLSearchParams): Promise<SignOnFlow | null> {
  const jar = await cookies();
  const flow = openFlow(jar.get(flowCookie())?.value, new Date());
  if (flow !== null && answersFlow(flow, provider, query))
    jar.delete({ name: flowCookie(), path: "/", secure: env().WARDBOOK_URL.startsWith("https:") });
  return flow;
}

/** Keeps this browser signed in by a session that was opened elsewhere, in the place of what it was signed in to before. */
export async function keepSessionHere(token: string): Promise<void> {
  await endSessionsHere();
  await signIn("credentials", { token, redirect: false });
}

/** Ends the session of this browser, then takes its cookie. */
export async function signOutHere(): Promise<void> {
  await endSessionsHere();
  await signOut({ redirect: false });
}

async function endSessionsHere(): Promise<void> {
  for (const session of [await currentSession(), await sessionAwaitingFactor()]) {
    if (session !== null) await endSession(session.accountId, session.sessionId);
  }
}
