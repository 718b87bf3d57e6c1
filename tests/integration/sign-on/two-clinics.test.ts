import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { endDomain } from "#lib/domain/clinic/domains/commands/end-domain.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import { linkProvider, listOwnLinks } from "#lib/platform/auth/linked.ts";
import type { ProviderIdentity } from "#lib/platform/auth/sign-on.ts";
import { linkedAccount, membershipFor } from "#lib/platform/db/identity.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { type NameServer, openNameServer } from "#tests/support/name-server.ts";
import { joinToo } from "#tests/support/people.ts";
import { dayFromNow } from "#tests/support/roster.ts";
import { addVerified, clinicWithDomain, domainOf, enterAs, vouchedFor } from "#tests/support/sign-on.ts";

let names: NameServer;
beforeAll(async () => {
  names = await openNameServer();
  process.env.WARDBOOK_DNS = names.address;
});
afterAll(() => names.close());

/** Somebody of the domain, as Google vouches for them, who has entered their first clinic by it. */
async function entered() {
  const { clinic: first, domain } = await clinicWithDomain(names);
  const email = `maria@${domain}`;
  const identity: ProviderIdentity = { ...vouchedFor(email), name: "Maria Santos", hostedDomain: domain };
  await enterAs(identity, first);
  const linked = await linkedAccount(identity.issuer, identity.subject);
  if (linked === null) throw new Error("nobody was linked");
  return { first, domain, identity, email, accountId: linked.accountId };
}

async function clinicOf(domain: string, joins: boolean): Promise<TestClinic> {
  const clinic = await mintClinic(["owner"]);
  await addVerified(names, clinic, { domain, provider: "google", joins });
  return clinic;
}

async function leave(clinic: TestClinic, accountId: string): Promise<void> {
  const memberId = (await membershipFor(clinic.slug, accountId))?.memberId ?? "";
  const { owner } = clinic.as;
  const { version } = (await getMemberPage(owner, { memberId })).member;
  const ending = { memberId, version, lastDay: dayFromNow(owner, 0), reason: "Moves away.", accounts: [] };
  await deactivateMember(owner, ending);
}

const codeOf = (signingIn: Promise<{ outcome: string }>) =>
  signingIn.then(
    ({ outcome }) => outcome,
    (error: { code?: string }) => error.code,
  );

describe("who is linked already, at the own address of another clinic of the same domain", () => {
  test("joins it as staff with the account they have, once, and is signed in", async () => {
    const { first, domain, identity, accountId } = await entered();
    const second = await clinicOf(domain, true);
    const outcomes = await Promise.all([enterAs(identity, second), enterAs(identity, second)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["opened", "opened"]);
    expect((await enterAs(identity, second)).outcome).toBe("opened");
    expect(await membershipFor(second.slug, accountId)).toMatchObject({ role: "staff", name: "Maria Santos" });
    expect(await membershipFor(first.slug, accountId)).not.toBeNull();
    expect(await listOwnLinks(accountId)).toHaveLength(1);
    const entries = await eventsOf(second.clinicId, "member.entered");
    expect(entries.map(({ body }) => body.data.entry)).toEqual(["join"]);
  });

  test("accepts an open invitation with its role", async () => {
    const { domain, identity, email, accountId } = await entered();
    const second = await clinicOf(domain, false);
    await inviteMember(second.system, { email, name: "María Santos", role: "manager" });
    expect((await enterAs(identity, second)).outcome).toBe("opened");
    expect(await membershipFor(second.slug, accountId)).toMatchObject({ role: "manager", name: "María Santos" });
  });

  test("is refused with the way on where nobody joins by signing in, by another domain, and after leaving; nothing is written", async () => {
    const { domain, identity, accountId } = await entered();
    const closed = await clinicOf(domain, false);
    const { clinic: foreign } = await clinicWithDomain(names);
    const left = await clinicOf(domain, true);
    await enterAs(identity, left);
    await leave(left, accountId);
    for (const [clinic, code] of [
      [closed, "sign_on.not_of_clinic"],
      [foreign, "sign_on.not_of_clinic"],
      [left, "sign_on.membership_ended"],
    ] as const) {
      const before = await contentsOf(clinic.clinicId);
      expect(await codeOf(enterAs(identity, clinic))).toBe(code);
      expect(await contentsOf(clinic.clinicId)).toEqual(before);
    }
    const renamed = { ...identity, email: `other@${domain}` };
    expect(await codeOf(enterAs(renamed, await clinicOf(domain, true)))).toBe("sign_on.not_of_clinic");
    expect(await codeOf(enterAs(identity, null))).toBe("opened");
  });
});

describe("a link that a clinic's domain made", () => {
  const atBoth = async () => {
    const person = await entered();
    const second = await mintClinic(["owner"]);
    await joinToo({ ...person, memberId: "", address: "" }, second);
    return { ...person, second };
  };

  test("signs in while they are in that one, and no longer when they have left it", async () => {
    const { first, second, identity, accountId } = await atBoth();
    expect((await listOwnLinks(accountId)).map(({ isByClinic }) => isByClinic)).toEqual([true]);
    expect(await codeOf(enterAs(identity, null))).toBe("opened");
    await leave(first, accountId);
    expect(await codeOf(enterAs(identity, null))).toBe("sign_on.clinic_left");
    expect(await codeOf(enterAs(identity, second))).toBe("sign_on.clinic_left");
  });

  test("goes on signing in who is in no other clinic, and where another of theirs has the same provider for the domain", async () => {
    const alone = await entered();
    await leave(alone.first, alone.accountId);
    expect(await codeOf(enterAs(alone.identity, null))).toBe("opened");
    const { first, second, identity, domain, accountId } = await atBoth();
    await addVerified(names, second, { domain, provider: "google", joins: false });
    await leave(first, accountId);
    expect(await codeOf(enterAs(identity, null))).toBe("opened");
    const { id: domainId, version } = await domainOf(second, domain);
    await endDomain(second.as.owner, { domainId, version });
    expect(await codeOf(enterAs(identity, null))).toBe("sign_on.clinic_left");
  });

  test("is none that the holder made: theirs opens every clinic, whichever they leave", async () => {
    const { first, accountId } = await atBoth();
    const own = vouchedFor();
    await linkProvider(accountId, own, new Date());
    await leave(first, accountId);
    expect(await codeOf(enterAs(own, null))).toBe("opened");
  });
});
