import "server-only";
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { z } from "zod";
import { Refusal, refuse } from "#lib/kernel/errors.ts";
import { PROVIDERS, type ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import type { Provider } from "#lib/platform/auth/providers.ts";
import { openSecret, sealSecret } from "#lib/platform/auth/sealed-secret.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { type PasskeyQuestion, recordPasskeyChallenge, takePasskeyChallenge } from "#lib/platform/db/identity.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";

/** Long enough to look for the telephone that the provider wants to see. */
export const SIGN_ON_MINUTES = 10;
const PLACE = "sign-on";
const PROVIDER_SECONDS = 10;

const Flow = z.object({
  provider: z.enum(PROVIDERS),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Whose account it is to be linked with; null where somebody signs in. */
  accountId: z.string().nullable(),
  clinic: z.string().nullable(),
  next: z.string().nullable(),
  until: z.number(),
});

/** What a browser went to a provider for, kept sealed in a cookie until it comes back. */
export type SignOnFlow = z.output<typeof Flow>;
export type SignOnPurpose = Pick<SignOnFlow, "accountId" | "clinic" | "next">;

/** Whom a provider vouches for, as its signed ID token says. */
export type ProviderIdentity = {
  readonly provider: ProviderKey;
  readonly issuer: string;
  readonly subject: string;
  /** In lower case; null where the provider tells none. */
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string;
  /** Google's: the organization whose account this is. */
  readonly hostedDomain: string | null;
  /** Microsoft's: the tenant whose account this is. */
  readonly tenantId: string | null;
  /** Whether the provider says that it asked for a second factor (RFC 8176, "mfa"). */
  readonly provedFactor: boolean;
};

/** Where to send the browser, and what its cookie keeps. Refuses `sign_on.unreachable` and `sign_on.misconfigured`. */
export async function beginSignOn(
  provider: Provider,
  purpose: SignOnPurpose,
  now: Date,
): Promise<{ url: URL; cookie: string }> {
  const config = await configurationOf(provider);
  const expiresAt = new Date(now.getTime() + SIGN_ON_MINUTES * 60_000);
  const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  const flow: SignOnFlow = { ...purpose, ...secrets, provider: provider.key, until: expiresAt.getTime() };
  await recordPasskeyChallenge({ ...questionOf(flow), expiresAt });
  const url = buildAuthorizationUrl(config, {
    redirect_uri: callbackAddress(provider.key),
    scope: "openid email profile",
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: "S256",
    prompt: provider.prompt,
  });
  return { url, cookie: Buffer.from(sealSecret(JSON.stringify(flow), PLACE)).toString("base64url") };
}

/** What this browser went to a provider for; null when it didn't, or too long ago. */
export function openFlow(cookie: string | undefined, now: Date): SignOnFlow | null {
  if (cookie === undefined) return null;
  try {
    const flow = Flow.parse(JSON.parse(openSecret(Buffer.from(cookie, "base64url"), PLACE)));
    return flow.until > now.getTime() ? flow : null;
  } catch {
    return null;
  }
}

/** Whether this is an answer to what the browser went for. Any other leaves it open: a link that somebody sends must not end a sign-in. */
export function answersFlow(flow: SignOnFlow, provider: string, query: URLSearchParams): boolean {
  return flow.provider === provider && query.get("state") === flow.state;
}

/**
 * Whom the provider vouches for, after the browser came back with `query`. Each answer counts once. Refuses
 * `sign_on.start_over`, `sign_on.denied`, `sign_on.provider_refused`, `sign_on.not_trusted`, `sign_on.unreachable` and `sign_on.misconfigured`.
 */
export async function finishSignOn(
  provider: Provider,
  flow: SignOnFlow,
  query: URLSearchParams,
  now: Date,
): Promise<ProviderIdentity> {
  if (!answersFlow(flow, provider.key, query)) throw refuse("sign_on.not_trusted");
  if (!(await takePasskeyChallenge(questionOf(flow), now))) throw refuse("sign_on.start_over");
  const config = await configurationOf(provider);
  const address = new URL(callbackAddress(provider.key));
  address.search = query.toString();
  try {
    const checks = { pkceCodeVerifier: flow.verifier, expectedState: flow.state, expectedNonce: flow.nonce };
    const tokens = await authorizationCodeGrant(config, address, { ...checks, idTokenExpected: true });
    return await identityOf(provider, config, tokens.access_token, tokens.claims());
  } catch (error) {
    noteFailure(provider, error);
    throw refusalOf(error);
  }
}

const Claims = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  email: z.string().optional(),
  // Some write the truth value as a word.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(false),
  name: z.string().optional().catch(undefined),
  hd: z.string().optional().catch(undefined),
  tid: z.string().optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
});

async function identityOf(
  provider: Provider,
  config: Configuration,
  accessToken: string,
  raw: unknown,
): Promise<ProviderIdentity> {
  const signed = Claims.parse(raw);
  const needsMore = signed.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  // What else the provider tells of the same subject; who it is and how they signed in stands in the signed token alone.
  const told = needsMore ? await fetchUserInfo(config, accessToken, signed.sub) : {};
  const more = Claims.pick({ email: true, email_verified: true, name: true }).parse(told);
  const { email, email_verified: emailVerified = false } = needsMore ? more : signed;
  return {
    provider: provider.key,
    issuer: signed.iss,
    subject: signed.sub,
    email: email === undefined ? null : email.normalize("NFKC").trim().toLowerCase(),
    emailVerified,
    name: signed.name ?? more.name ?? "",
    hostedDomain: signed.hd?.toLowerCase() ?? null,
    tenantId: signed.tid?.toLowerCase() ?? null,
    provedFactor: signed.amr?.includes("mfa") ?? false,
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AuthorizationResponseError)
    return error.error === "access_denied" ? refuse("sign_on.denied") : refuse("sign_on.provider_refused");
  if (error instanceof ResponseBodyError) {
    // The code was used, has run out, or belongs to somebody else's question.
    return error.error === "invalid_grant" ? refuse("sign_on.start_over") : refuse("sign_on.provider_refused");
  }
  return isUnreachable(error) ? refuse("sign_on.unreachable") : refuse("sign_on.not_trusted");
}

// Its code alone: the message and what it was caused by can quote the answer, and with it a token.
function noteFailure({ key: provider }: Provider, error: unknown): void {
  const told = error instanceof AuthorizationResponseError || error instanceof ResponseBodyError ? error.error : "";
  // What a provider says came by way of the browser: no more of it than a code can be.
  const oauth = /^[a-z_]{1,40}$/.test(told) ? told : undefined;
  const { name, code } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  log.warn({ provider, oauth, name, code }, "a sign-in provider's answer was not taken");
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // It is there, and has trouble of its own.
  if (error.cause instanceof Response && error.cause.status >= 500) return true;
  if (error.name === "TimeoutError" || error.message === "fetch failed") return true;
  return "code" in error && error.code === "OAUTH_TIMEOUT";
}

type Kept = { configuration: Promise<Configuration>; until: number };

const kept = new Map<string, Kept>();
const KEPT_MINUTES = 60;

// What a provider says of itself, asked for once an hour.
async function configurationOf(provider: Provider): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = provider;
  const name = `${issuer} ${clientId}`;
  const known = kept.get(name);
  if (known !== undefined && known.until > Date.now()) return known.configuration;
  // The token's signature is checked, though it comes straight from the provider.
  const execute = [enableNonRepudiationChecks, ...(issuer.startsWith("http:") ? [allowInsecureRequests] : [])];
  const options = { execute, timeout: PROVIDER_SECONDS };
  const configuration = discovery(new URL(issuer), clientId, clientSecret, undefined, options).catch((error) => {
    kept.delete(name);
    noteFailure(provider, error);
    throw refuse(isUnreachable(error) ? "sign_on.unreachable" : "sign_on.misconfigured");
  });
  kept.set(name, { configuration, until: Date.now() + KEPT_MINUTES * 60_000 });
  return configuration;
}

/** Where a provider sends browsers back to: one address each, so that none can answer for another (RFC 9700, 4.4). */
export function callbackAddress(key: ProviderKey): string {
  return `${env().WARDBOOK_URL}/sign-in/back/${key}`;
}

function questionOf({ state, accountId }: SignOnFlow): PasskeyQuestion {
  const purpose = accountId === null ? "provider_sign_in" : "provider_link";
  return { challengeHash: tokenHash(state), purpose, accountId };
}
