import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import OpenIdProvider from "oidc-provider";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import type { Provider } from "#lib/platform/auth/providers.ts";

/** Somebody whom the provider knows, as its tokens say. */
export type Vouched = {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly hd?: string;
  readonly tid?: string;
  /** How they proved themselves to it. */
  readonly amr?: readonly string[];
};

export type SignInProvider = {
  readonly issuer: string;
  /** The installation's settings for it, as one of the three kinds. */
  as(key: ProviderKey): Provider;
  /** Who sits at the provider's own sign-in page next; null for somebody who presses cancel. */
  sits(person: Vouched | null): void;
  /** Walks through its pages as a browser would, and answers what the browser brings back. */
  visit(url: URL): Promise<URLSearchParams>;
  close(): Promise<void>;
};

const CLIENT = { clientId: "wardbook", clientSecret: "a secret that only these tests have" };

type Impostor = {
  /** The provider whose keys it says are its own, while it signs with others. */
  readonly tokensFor?: string;
};

/** A real OpenID provider on this machine, which sends browsers back to these addresses. */
export async function openSignInProvider(
  returnAddresses: readonly string[],
  { tokensFor }: Impostor = {},
): Promise<SignInProvider> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, Vouched>();
  let sitting: Vouched | null = null;
  const provider = new OpenIdProvider(issuer, configurationOf(returnAddresses, people));
  const answer = provider.callback();
  const signIn = async (request: IncomingMessage, response: ServerResponse) => {
    if (sitting === null) return provider.interactionFinished(request, response, { error: "access_denied" });
    const { sub: accountId, amr } = sitting;
    return provider.interactionFinished(request, response, { login: { accountId, ...(amr && { amr }) } });
  };
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/")) void signIn(request, response);
    else if (request.url === "/jwks" && tokensFor !== undefined) void passOn(`${tokensFor}/jwks`, response);
    else answer(request, response);
  });
  return {
    issuer,
    as: (key) => ({ ...CLIENT, key, issuer, name: "Test provider", prompt: "login" }),
    sits: (person) => {
      sitting = person;
      if (person !== null) people.set(person.sub, person);
    },
    visit: (url) => walk(url, issuer),
    close: () => closed(server),
  };
}

async function passOn(address: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(address);
  response.setHeader("content-type", "application/json").end(await answer.text());
}

function configurationOf(returnAddresses: readonly string[], people: ReadonlyMap<string, Vouched>) {
  return {
    clients: [CLIENT.clientId, `${CLIENT.clientId}-2`].map((client_id) => ({
      ...{ client_id, client_secret: CLIENT.clientSecret },
      ...{ redirect_uris: returnAddresses, token_endpoint_auth_method: "client_secret_post" },
    })),
    jwks: { keys: [generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" })] },
    // As Google and Microsoft do: what is known of the person stands in the signed token.
    conformIdTokenClaims: false,
    claims: { openid: ["sub", "hd", "tid", "amr"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ["only for tests"] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    findAccount: (_: unknown, accountId: string) => ({
      accountId,
      claims: () => {
        const { amr, ...claims } = people.get(accountId) ?? { sub: accountId };
        return claims;
      },
    }),
    async loadExistingGrant({ oidc }: { oidc: GrantFacts }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

type GrantFacts = {
  readonly provider: OpenIdProvider;
  readonly client: { readonly clientId: string };
  readonly session: { readonly accountId: string };
};

async function walk(start: URL, issuer: string): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let at = start;
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ""] = set.split(";");
      const [name = "", ...value] = pair.split("=");
      cookies.set(name, value.join("="));
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    at = new URL(location, at);
    if (at.origin !== issuer) return at.searchParams;
  }
  throw new Error("the provider never sent the browser back");
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
