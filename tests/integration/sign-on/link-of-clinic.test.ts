import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { endDomain } from "#lib/domain/clinic/domains/commands/end-domain.ts";
import { newId } from "#lib/kernel/ids.ts";
import { changePassword } from "#lib/platform/auth/change-password.ts";
import { confirmHolder } from "#lib/platform/auth/confirm-holder.ts";
import { addTotp, offerTotp } from "#lib/platform/auth/factors.ts";
import { linkProvider, listOwnLinks } from "#lib/platform/auth/linked.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import { completeSignIn } from "#lib/platform/auth/second-step.ts";
import { isOfOtherClinic } from "#lib/platform/auth/session-opens.ts";
import { attemptSignIn } from "#lib/platform/auth/sign-in.ts";
import type { ProviderIdentity } from "#lib/platform/auth/sign-on.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { membershipFor, sessionForToken, sessionOpens } from "#lib/platform/db/identity.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { type NameServer, openNameServer } from "#tests/support/name-server.ts";
import { joinToo, PASSWORD } from "#tests/support/people.ts";
import { addVerified, clinicWithDomain, domainOf, enterAs, TENANT, vouchedFor } from "#tests/support/sign-on.ts";

let names: NameServer;
beforeAll(async () => {
  names = await openNameServer();
  process.env.WARDBOOK_DNS = names.address;
});
afterAll(() => names.close());

async function liveOf(token: string) {
  const session = await sessionForToken(tokenHash(token));
  if (session === null) throw new Error("no session was opened");
  const { id: sessionId, createdAt: startedAt } = session;
  return { ...session, sessionId, startedAt, address: `address of ${session.email}` };
}

/** The clinics of these that a sign-in through the provider opens. */
async function opened(identity: ProviderIdentity, ...clinics: TestClinic[]): Promise<boolean[]> {
  const { id } = await liveOf((await enterAs(identity, null)).token);
  return Promise.all(clinics.map(({ clinicId }) => sessionOpens(id, clinicId)));
}

/** Somebody without a password, linked by the domain of their clinic, and the session that the link opened. */
async function linkedByClinic() {
  const { clinic: first, domain } = await clinicWithDomain(names);
  const email = `maria@${domain}`;
  const identity: ProviderIdentity = { ...vouchedFor(email), name: "Maria Santos", hostedDomain: domain };
  const session = await liveOf((await enterAs(identity, first)).token);
  return { first, domain, email, identity, session, accountId: session.accountId };
}

async function atBoth() {
  const person = await linkedByClinic();
  const second = await mintClinic(["owner"]);
  await joinToo({ ...person, memberId: "", address: "" }, second);
  return { ...person, second };
}

const fails = (work: Promise<unknown>) =>
  work.then(
    () => "nothing",
    (error: { code?: string }) => error.code,
  );

describe("a session that a clinic's link opened", () => {
  test("opens that clinic and no other of the person's, at whichever address they began", async () => {
    const { first, second, identity, session } = await atBoth();
    expect(await opened(identity, first, second)).toEqual([true, false]);
    const there = await liveOf((await enterAs(identity, second)).token);
    expect(await sessionOpens(there.id, second.clinicId)).toBe(false);
    expect([session.opensAll, there.opensAll]).toEqual([true, false]);
  });

  test("is another clinic's only where its person is a member and it doesn't open that clinic", async () => {
    const { first, second, identity } = await atBoth();
    const foreign = await mintClinic(["owner"]);
    const session = await liveOf((await enterAs(identity, null)).token);
    const asked = [first, second, foreign].map(({ slug }) => isOfOtherClinic(session, slug));
    expect(await Promise.all(asked)).toEqual([false, true, false]);
  });

  test("opens another that has the same provider for the domain of their address, for as long as it has", async () => {
    const { first, second, domain, identity } = await atBoth();
    await addVerified(names, second, { domain, provider: "entra", joins: false });
    expect(await opened(identity, first, second)).toEqual([true, false]);
    const { id: wrong, version: before } = await domainOf(second, domain);
    await endDomain(second.as.owner, { domainId: wrong, version: before });
    await addVerified(names, second, { domain, provider: "google", joins: false });
    expect(await opened(identity, first, second)).toEqual([true, true]);
    const { id: domainId, version } = await domainOf(second, domain);
    await endDomain(second.as.owner, { domainId, version });
    expect(await opened(identity, first, second)).toEqual([true, false]);
  });

  test.each([
    [
      "opens no other that trusts another directory of the same provider",
      "9e107d9d-372b-46ac-8c0f-1a2b3c4d5e6f",
      false,
    ],
    ["opens another that trusts the same directory", TENANT, true],
  ])("%s", async (_, tenant, opensBoth) => {
    const { clinic: first, domain } = await clinicWithDomain(names, { provider: "entra", tenant });
    const second = await mintClinic(["owner"]);
    await addVerified(names, second, { domain, provider: "entra", joins: false });
    const email = `maria@${domain}`;
    const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
    const vouched = { ...vouchedFor(email), name: "Maria Santos", issuer, tenantId: tenant };
    const identity: ProviderIdentity = { ...vouched, provider: "entra" };
    const { accountId } = await liveOf((await enterAs(identity, first)).token);
    await joinToo({ email, accountId, memberId: "", address: "" }, second);
    expect(await opened(identity, first, second)).toEqual([true, opensBoth]);
  });

  test("opens them all once the person gave a code of their own app", async () => {
    const { first, second, email, identity, session, accountId } = await atBoth();
    const app = { accountId, email, sessionId: session.id };
    const { secret, sealed } = offerTotp(app, new Date());
    const now = new Date();
    await addTotp(app, { sealed, code: await generate({ secret }) }, new Date(now.getTime()));
    const half = await enterAs(identity, null);
    expect(half.outcome).toBe("second_step");
    const waiting = await liveOf(half.token);
    const later = new Date(now.getTime() + 30_000);
    const code = await generate({ secret, epoch: Math.floor(later.getTime() / 1000) });
    const { token } = await completeSignIn(
      { ...waiting, sessionId: waiting.id },
      { code, address: waiting.address, userAgent: "" },
      later,
    );
    const whole = await liveOf(token);
    expect(whole).toMatchObject({ opensAll: true, way: "google" });
    for (const { clinicId } of [first, second]) expect(await sessionOpens(whole.id, clinicId)).toBe(true);
  });

  test("proves nobody to be the holder where they have no password, while it doesn't open all their clinics", async () => {
    const { session, accountId, identity } = await atBoth();
    const bound = await liveOf((await enterAs(identity, null)).token);
    expect(bound.opensAll).toBe(false);
    const change = { current: "", chosen: "eleven paper boats under the bridge", address: bound.address };
    expect(await fails(changePassword(bound, change, new Date()))).toBe("account.sign_in_own");
    const given = { password: "", field: "currentPassword", address: session.address };
    expect(await fails(confirmHolder({ ...bound, accountId }, given, new Date()))).toBe("account.sign_in_own");
  });
});

test("a link that the holder makes themselves takes the place of the clinic's, and opens all", async () => {
  const { first, second, identity, accountId } = await atBoth();
  await Promise.all([linkProvider(accountId, identity, new Date()), linkProvider(accountId, identity, new Date())]);
  expect((await listOwnLinks(accountId)).map(({ isByClinic }) => isByClinic)).toEqual([false]);
  expect(await opened(identity, first, second)).toEqual([true, true]);
});

describe("joining another clinic in a session that a clinic's link opened", () => {
  async function invited() {
    const person = await linkedByClinic();
    const second = await mintClinic(["owner"]);
    const { token } = await inviteMember(second.system, { email: person.email, name: "Maria Santos", role: "staff" });
    const { accountId, session } = person;
    const join = (passwordHash?: string) =>
      acceptInvitation(
        token,
        { name: "Maria Santos", ...(passwordHash === undefined ? {} : { passwordHash }) },
        { requestId: newId(), locale: "en", signedInAccountId: accountId, sessionId: session.id },
      );
    return { ...person, second, join };
  }
  const tryPassword = ({ email }: { email: string }, password: string) =>
    attemptSignIn({ email, password, address: `address of ${email}`, userAgent: "" });

  test("takes a first password, which opens all their clinics; without one nothing is written", async () => {
    const { first, second, email, accountId, join } = await invited();
    const before = await contentsOf(second.clinicId);
    expect(await fails(join())).toBe("invitation.password_needed");
    expect(await contentsOf(second.clinicId)).toEqual(before);
    await join(await hashPassword(PASSWORD));
    expect(await membershipFor(second.slug, accountId)).toMatchObject({ role: "staff" });
    const signedIn = await tryPassword({ email }, PASSWORD);
    if (signedIn.outcome !== "opened") throw new Error(signedIn.outcome);
    const { id, opensAll } = await liveOf(signedIn.token);
    expect(opensAll).toBe(true);
    for (const { clinicId } of [first, second]) expect(await sessionOpens(id, clinicId)).toBe(true);
  });

  test("is refused to who has a password or passkey of their own to sign in with, and sets no other", async () => {
    const { second, email, session, accountId, join } = await invited();
    const chosen = "eleven paper boats under the bridge";
    await changePassword(session, { current: "", chosen, address: session.address }, new Date());
    expect(await fails(join(await hashPassword(PASSWORD)))).toBe("invitation.sign_in_own");
    expect(await membershipFor(second.slug, accountId)).toBeNull();
    expect((await tryPassword({ email }, PASSWORD)).outcome).toBe("refused");
    expect((await tryPassword({ email }, chosen)).outcome).toBe("opened");
  });

  test("asks for no more where the clinic has the same provider for the address", async () => {
    const { second, domain, accountId, join } = await invited();
    await addVerified(names, second, { domain, provider: "google", joins: false });
    await join();
    expect(await membershipFor(second.slug, accountId)).toMatchObject({ role: "staff" });
  });
});
