import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import {
  answersFlow,
  beginSignOn,
  callbackAddress,
  finishSignOn,
  openFlow,
  SIGN_ON_MINUTES,
} from "#lib/platform/auth/sign-on.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { forgetChallenges, recordPasskeyChallenge, takePasskeyChallenge } from "#lib/platform/db/identity.ts";
import { log } from "#lib/platform/log.ts";
import { openSignInProvider, type SignInProvider } from "#tests/support/sign-in-provider.ts";
import { returned } from "#tests/support/sign-on.ts";
import { asOwner } from "#tests/support/sql.ts";

let server: SignInProvider;
beforeAll(async () => {
  server = await openSignInProvider([callbackAddress("google"), callbackAddress("generic")]);
});
afterAll(() => server.close());
afterEach(() => vi.restoreAllMocks());

const person = () => ({ sub: newId(), email: "maria@clinic.example", email_verified: true });
const nobodyAsked = { accountId: null, clinic: null, next: null };

async function codeOf(finishing: Promise<unknown>): Promise<string | undefined> {
  return finishing.then(
    () => "signed in",
    (error: { code?: string }) => error.code,
  );
}

test("the browser is sent with a challenge, a state and a nonce of its own, and none of them is in the cookie to read", async () => {
  const provider = server.as("google");
  const [one, other] = [
    await beginSignOn(provider, nobodyAsked, new Date()),
    await beginSignOn(provider, nobodyAsked, new Date()),
  ];
  const asked = one.url.searchParams;
  expect(asked.get("response_type")).toBe("code");
  expect(asked.get("code_challenge_method")).toBe("S256");
  for (const name of ["state", "nonce", "code_challenge"]) {
    expect((asked.get(name) ?? "").length, name).toBeGreaterThanOrEqual(43);
    expect(asked.get(name), name).not.toBe(other.url.searchParams.get(name));
  }
  const flow = openFlow(one.cookie, new Date());
  const readable = Buffer.from(one.cookie, "base64url").toString("latin1");
  for (const secret of [flow?.verifier, flow?.nonce, flow?.state]) {
    expect(readable).not.toContain(secret);
    expect(one.url.toString()).not.toContain(flow?.verifier);
  }
});

test("an answer counts once", async () => {
  const provider = server.as("google");
  const { flow, query } = await returned(server, provider, person());
  await finishSignOn(provider, flow, query, new Date());
  expect(await codeOf(finishSignOn(provider, flow, query, new Date()))).toBe("sign_on.start_over");
  await forgetChallenges(new Date(Date.now() + 3_600_000));
  expect(await codeOf(finishSignOn(provider, flow, query, new Date()))).toBe("sign_on.start_over");
});

test("an answer to another question is not believed, and the right one still is", async () => {
  const provider = server.as("google");
  const [mine, others] = [
    await returned(server, provider, person()),
    await returned(server, provider, { ...person(), email: "mallory@clinic.example" }),
  ];
  expect(await codeOf(finishSignOn(provider, mine.flow, others.query, new Date()))).toBe("sign_on.not_trusted");
  const withState = new URLSearchParams(others.query);
  withState.set("state", mine.flow.state);
  const stolen = await codeOf(finishSignOn(provider, mine.flow, withState, new Date()));
  expect(stolen).toBe("sign_on.start_over");
  const again = await returned(server, provider, person());
  expect(await codeOf(finishSignOn(provider, again.flow, new URLSearchParams(), new Date()))).toBe(
    "sign_on.not_trusted",
  );
  expect(await codeOf(finishSignOn(provider, again.flow, again.query, new Date()))).toBe("signed in");
});

test("a code that is read on the way serves nobody without what the browser kept", async () => {
  const provider = server.as("google");
  const { flow, query } = await returned(server, provider, person());
  const verifier = "a".repeat(43);
  expect(await codeOf(finishSignOn(provider, { ...flow, verifier }, query, new Date()))).toBe("sign_on.start_over");
});

test("a token with the nonce of another sign-in is not believed", async () => {
  const provider = server.as("google");
  const { flow, query } = await returned(server, provider, person());
  expect(await codeOf(finishSignOn(provider, { ...flow, nonce: newId() }, query, new Date()))).toBe(
    "sign_on.not_trusted",
  );
});

test("the answer of another issuer, or of another provider than was asked, is not believed", async () => {
  const provider = server.as("google");
  const first = await returned(server, provider, person());
  const elsewhere = new URLSearchParams(first.query);
  elsewhere.set("iss", "https://issuer.example");
  expect(await codeOf(finishSignOn(provider, first.flow, elsewhere, new Date()))).toBe("sign_on.not_trusted");
  const second = await returned(server, provider, person());
  const generic = server.as("generic");
  expect(await codeOf(finishSignOn(generic, second.flow, second.query, new Date()))).toBe("sign_on.not_trusted");
});

test("a token that another key has signed is not believed", async () => {
  const impostor = await openSignInProvider([callbackAddress("google")], { tokensFor: server.issuer });
  try {
    const provider = impostor.as("google");
    const { flow, query } = await returned(impostor, provider, person());
    expect(await codeOf(finishSignOn(provider, flow, query, new Date()))).toBe("sign_on.not_trusted");
  } finally {
    await impostor.close();
  }
});

test("whoever presses cancel at the provider is told so", async () => {
  const provider = server.as("google");
  const { flow, query } = await returned(server, provider, null);
  expect(query.get("error")).toBe("access_denied");
  expect(await codeOf(finishSignOn(provider, flow, query, new Date()))).toBe("sign_on.denied");
  // The provider would say it again; here the question has been answered.
  expect(await codeOf(finishSignOn(provider, flow, query, new Date()))).toBe("sign_on.start_over");
});

test("an error of the provider's is said, and so is a secret that it doesn't take", async () => {
  const provider = server.as("google");
  const { flow } = await returned(server, provider, person());
  const query = new URLSearchParams({ state: flow.state, error: "server_error", iss: server.issuer });
  expect(await codeOf(finishSignOn(provider, flow, query, new Date()))).toBe("sign_on.provider_refused");
  const misconfigured = { ...provider, clientId: "wardbook-2", clientSecret: "another secret" };
  const late = await returned(server, misconfigured, person());
  expect(await codeOf(finishSignOn(misconfigured, late.flow, late.query, new Date()))).toBe("sign_on.provider_refused");
});

test("a provider whose settings here don't fit it is said to need whoever looks after this Wardbook, and the log says why", async () => {
  const warned = vi.spyOn(log, "warn");
  const wrong = { ...server.as("google"), issuer: server.issuer.replace("127.0.0.1", "localhost") };
  expect(await codeOf(beginSignOn(wrong, nobodyAsked, new Date()))).toBe("sign_on.misconfigured");
  expect(warned.mock.calls.at(-1)?.[0]).toMatchObject({ provider: "google", code: expect.stringMatching(/^OAUTH_/) });
});

test("the log says by its code why an answer was not taken, and nothing of the answer", async () => {
  const warned = vi.spyOn(log, "warn");
  const provider = server.as("google");
  const { flow, query } = await returned(server, provider, person());
  await codeOf(finishSignOn(provider, { ...flow, verifier: "a".repeat(43) }, query, new Date()));
  expect(warned.mock.calls.at(-1)?.[0]).toMatchObject({ provider: "google", oauth: "invalid_grant" });
  const made = await returned(server, provider, person());
  const error = new URLSearchParams({ state: made.flow.state, error: "Maria Santos", iss: server.issuer });
  await codeOf(finishSignOn(provider, made.flow, error, new Date()));
  const all = JSON.stringify(warned.mock.calls);
  for (const secret of ["Maria", made.flow.state, flow.nonce, query.get("code") ?? "no code"]) {
    expect(all).not.toContain(secret);
  }
});

test("only the answer to what a browser went for ends it: a link that somebody sends leaves it as it is", async () => {
  const { flow, query } = await returned(server, server.as("google"), person());
  const sent = new URLSearchParams({ ...Object.fromEntries(query), state: "another" });
  expect(answersFlow(flow, "google", sent)).toBe(false);
  expect(answersFlow(flow, "google", new URLSearchParams())).toBe(false);
  expect(answersFlow(flow, "generic", query)).toBe(false);
  expect(answersFlow(flow, "google", query)).toBe(true);
});

test("a provider that is not there is said to be so", async () => {
  const nobody = { ...server.as("generic"), issuer: "http://127.0.0.1:9" };
  expect(await codeOf(beginSignOn(nobody, nobodyAsked, new Date()))).toBe("sign_on.unreachable");
});

test("a provider with trouble of its own is worth waiting for", async () => {
  const troubled = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((listening) => troubled.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(troubled.address() as AddressInfo).port}`;
  const beginning = beginSignOn({ ...server.as("generic"), issuer }, nobodyAsked, new Date());
  expect(await codeOf(beginning)).toBe("sign_on.unreachable");
  await new Promise((closed) => troubled.close(closed));
});

test("a sign-in is over after ten minutes, in the cookie and in the database", async () => {
  const provider = server.as("google");
  const { flow, query } = await returned(server, provider, person());
  const late = new Date(flow.until);
  expect(SIGN_ON_MINUTES).toBe(10);
  expect(await codeOf(finishSignOn(provider, flow, query, late))).toBe("sign_on.start_over");
  const { cookie } = await beginSignOn(provider, nobodyAsked, new Date());
  const until = openFlow(cookie, new Date())?.until ?? 0;
  expect(openFlow(cookie, new Date(until - 1))).not.toBeNull();
  expect(openFlow(cookie, new Date(until))).toBeNull();
});

test("a cookie that somebody else made or changed is none", async () => {
  const { cookie } = await beginSignOn(server.as("google"), nobodyAsked, new Date());
  const changed = `${cookie.slice(0, -2)}${cookie.endsWith("AA") ? "BB" : "AA"}`;
  expect([openFlow(undefined, new Date()), openFlow("", new Date()), openFlow(changed, new Date())]).toEqual([
    null,
    null,
    null,
  ]);
});

test("questions that nobody can answer any more are forgotten, and the open ones are not", async () => {
  const question = (expiresAt: Date) => ({
    ...{ challengeHash: tokenHash(newId()), purpose: "sign_in" as const, accountId: null, expiresAt },
  });
  const now = Date.now();
  const [over, used, open] = [
    question(new Date(now - 1000)),
    question(new Date(now + 60_000)),
    question(new Date(now + 60_000)),
  ];
  for (const one of [over, used, open]) await recordPasskeyChallenge(one);
  expect(await takePasskeyChallenge(used, new Date(now - 500))).toBe(true);
  await forgetChallenges(new Date(now));
  const hashes = [over, used, open].map(({ challengeHash }) => challengeHash);
  const left = await asOwner((sql) =>
    sql("SELECT challenge_hash FROM passkey_challenge WHERE challenge_hash = ANY ($1)", [hashes]),
  );
  expect(left.map((row) => Buffer.from(row.challenge_hash).toString("hex"))).toEqual([
    Buffer.from(open.challengeHash).toString("hex"),
  ]);
});
