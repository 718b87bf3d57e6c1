import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { endDomain } from "#lib/domain/clinic/domains/commands/end-domain.ts";
import { setJoining } from "#lib/domain/clinic/domains/commands/set-joining.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { getMemberPage, getPeoplePage } from "#lib/domain/clinic/people/queries.ts";
import { newId } from "#lib/kernel/ids.ts";
import { addTotp, offerTotp } from "#lib/platform/auth/factors.ts";
import { linkProvider } from "#lib/platform/auth/linked.ts";
import { attemptSignIn } from "#lib/platform/auth/sign-in.ts";
import { callbackAddress } from "#lib/platform/auth/sign-on.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { accountForSignIn, linkedAccount, membershipFor, sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { copySignInsInTurn } from "#tests/support/jobs.ts";
import { type NameServer, openNameServer } from "#tests/support/name-server.ts";
import { joinToo, newPerson, PASSWORD } from "#tests/support/people.ts";
import { dayFromNow } from "#tests/support/roster.ts";
import { openSignInProvider, type SignInProvider, type Vouched } from "#tests/support/sign-in-provider.ts";
import { addVerified, clinicWithDomain, domainOf, enterAs, identityFrom, TENANT } from "#tests/support/sign-on.ts";
import { asOwner } from "#tests/support/sql.ts";

let server: SignInProvider;
let names: NameServer;
beforeAll(async () => {
  names = await openNameServer();
  process.env.WARDBOOK_DNS = names.address;
  server = await openSignInProvider([callbackAddress("google"), callbackAddress("entra"), callbackAddress("generic")]);
});
afterAll(() => Promise.all([server.close(), names.close()]));

/** Somebody of the domain, as Google would vouch for them. */
function maria(domain: string, more: Partial<Vouched> = {}): Vouched {
  return { sub: newId(), email: `maria@${domain}`, email_verified: true, name: "Maria Santos", hd: domain, ...more };
}

async function google(person: Vouched) {
  return identityFrom(server, server.as("google"), person);
}

async function peopleOf({ as }: TestClinic) {
  const { rows } = await getPeoplePage(as.owner, { size: 100 });
  return rows.map(({ name, email, role }) => ({ name, email, role }));
}

/** What refused, and that nothing but the try was written down anywhere. */
async function refusalOf(identity: Awaited<ReturnType<typeof google>>, clinic: TestClinic | null, kept = clinic) {
  const before = kept && (await contentsOf(kept.clinicId));
  const error = await enterAs(identity, clinic).catch((reason: unknown) => reason);
  if (kept) expect(await contentsOf(kept.clinicId)).toEqual(before);
  expect(await linkedAccount(identity.issuer, identity.subject)).toBeNull();
  return (error as { code?: string }).code;
}

describe("the first sign-in at the clinic's own address", () => {
  test("makes a person of its verified domain a member with the role staff, and the ledger says how", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const { outcome, token } = await enterAs(await google(maria(domain)), clinic);
    expect(outcome).toBe("opened");
    const session = await sessionForToken(tokenHash(token));
    expect(session).toMatchObject({ email: `maria@${domain}`, way: "google", hasPassword: false, needsFactor: false });
    expect(await membershipFor(clinic.slug, session?.accountId ?? "")).toMatchObject({
      role: "staff",
      name: "Maria Santos",
    });
    const [joined, entered] = await eventsOf(clinic.clinicId, "member.joined", "member.entered").then((all) =>
      all.slice(-2),
    );
    expect(joined?.body.data).toMatchObject({ role: "staff", invitationId: null });
    expect(entered?.body.data).toMatchObject({ entry: "join", provider: "google", memberId: joined?.body.object.id });
    await copySignInsInTurn(new Date());
    const [opened] = await eventsOf(clinic.clinicId, "session.opened");
    expect(opened?.body.data).toMatchObject({ way: "google", memberId: joined?.body.object.id });
  });

  test("from then on anywhere, by whom the provider vouches for and not by the address, which may change", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const person = maria(domain);
    await enterAs(await google(person), clinic);
    const again = await google({ ...person, email: "another@elsewhere.example", email_verified: false });
    expect((await enterAs(again, null)).outcome).toBe("opened");
    const usurper = await google(maria(domain));
    expect(await refusalOf(usurper, null, clinic)).toBe("sign_on.unknown_here");
    expect(await peopleOf(clinic)).toHaveLength(3);
  });

  test("twice at the same moment makes one member", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const identity = await google(maria(domain));
    const outcomes = await Promise.all([enterAs(identity, clinic), enterAs(identity, clinic)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["opened", "opened"]);
    expect((await peopleOf(clinic)).filter(({ role }) => role === "staff")).toHaveLength(1);
  });

  test("of two clinics with one domain makes a member of the one at whose address it was", async () => {
    const { clinic: first, domain } = await clinicWithDomain(names);
    const second = await mintClinic(["owner"]);
    await addVerified(names, second, { domain, provider: "google", joins: true });
    await enterAs(await google(maria(domain)), second);
    expect(await peopleOf(first)).toHaveLength(2);
    expect(await peopleOf(second)).toContainEqual({ name: "Maria Santos", email: `maria@${domain}`, role: "staff" });
  });

  test("accepts an open invitation with its role, also where nobody joins by signing in", async () => {
    const { clinic, domain } = await clinicWithDomain(names, { joins: false });
    const invited = {
      email: `maria@${domain}`,
      name: "María Santos",
      role: "manager" as const,
      jobTitle: "Front desk",
    };
    await inviteMember(clinic.as.owner, invited);
    await enterAs(await google(maria(domain)), clinic);
    const { email, name, role } = invited;
    expect(await peopleOf(clinic)).toContainEqual({ name, email, role });
    const [entered] = await eventsOf(clinic.clinicId, "member.entered");
    expect(entered?.body.data).toMatchObject({ entry: "accept" });
  });

  test("links the account of a member of that clinic alone, whose password goes on working", async () => {
    const { clinic, domain } = await clinicWithDomain(names, { joins: false });
    const person = await personAt(clinic, domain);
    await enterAs(await google(maria(domain)), clinic);
    expect(await peopleOf(clinic)).toHaveLength(3);
    expect((await attemptSignIn({ ...person, password: PASSWORD, userAgent: "" })).outcome).toBe("opened");
    const [entered] = await eventsOf(clinic.clinicId, "member.entered");
    expect(entered?.body.data).toMatchObject({ entry: "link", memberId: person.memberId });
  });
});

/** A member with an account and a password, whose address is Maria's. */
async function personAt(clinic: TestClinic, domain: string) {
  const { acceptInvitation } = await import("#lib/domain/clinic/commands/accept-invitation.ts");
  const { hashPassword } = await import("#lib/platform/auth/password.ts");
  const email = `maria@${domain}`;
  const { token } = await inviteMember(clinic.system, { email, name: "Maria Santos", role: "staff" });
  const by = { requestId: newId(), locale: "en", signedInAccountId: null } as const;
  const joined = await acceptInvitation(
    token,
    { name: "Maria Santos", passwordHash: await hashPassword(PASSWORD) },
    by,
  );
  return { email, address: `address of ${email}`, ...joined };
}

describe("nobody gets in", () => {
  test("whose address the provider does not stand for", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const unverified = await google(maria(domain, { email_verified: false }));
    expect(await refusalOf(unverified, clinic)).toBe("sign_on.email_unverified");
    const { email, ...none } = maria(domain);
    expect(await refusalOf(await google(none), clinic)).toBe("sign_on.email_unverified");
  });

  test("of another domain, of a part of it, or through another provider than the domain's", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const elsewhere = await google(maria("elsewhere.example"));
    expect(await refusalOf(elsewhere, clinic)).toBe("sign_on.wrong_domain");
    expect(await refusalOf(await google(maria(`sub.${domain}`)), clinic)).toBe("sign_on.wrong_domain");
    const generic = await identityFrom(server, server.as("generic"), maria(domain));
    expect(await refusalOf(generic, clinic)).toBe("sign_on.wrong_domain");
  });

  test("with an address of the domain but an account of another organization at Google", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const { hd, ...private_ } = maria(domain);
    expect(await refusalOf(await google(private_), clinic)).toBe("sign_on.other_organization");
    const other = await google(maria(domain, { hd: "elsewhere.example" }));
    expect(await refusalOf(other, clinic)).toBe("sign_on.other_organization");
  });

  test("with an address of the domain but an account of another tenant at Microsoft, where anybody can have any", async () => {
    const { clinic, domain } = await clinicWithDomain(names, { provider: "entra" });
    const entra = (tid: string | undefined) => {
      const { hd, email_verified, ...person } = maria(domain);
      return identityFrom(server, server.as("entra"), tid === undefined ? person : { ...person, tid });
    };
    expect(await refusalOf(await entra(newId()), clinic)).toBe("sign_on.other_organization");
    expect(await refusalOf(await entra(undefined), clinic)).toBe("sign_on.other_organization");
    expect((await enterAs(await entra(TENANT), clinic)).outcome).toBe("opened");
  });

  test("who is in the domain but not invited, where nobody joins by signing in", async () => {
    const { clinic, domain } = await clinicWithDomain(names, { joins: false });
    expect(await refusalOf(await google(maria(domain)), clinic)).toBe("sign_on.not_invited");
  });

  test("by a domain that has ended, or whose record nobody has found", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const { id: domainId, version } = await domainOf(clinic, domain);
    await endDomain(clinic.as.owner, { domainId, version });
    expect(await refusalOf(await google(maria(domain)), clinic)).toBe("sign_on.wrong_domain");
    const { addDomain } = await import("#lib/domain/clinic/domains/commands/add-domain.ts");
    await addDomain(clinic.as.owner, { domain, provider: "google" });
    expect(await refusalOf(await google(maria(domain)), clinic)).toBe("sign_on.wrong_domain");
  });

  test("whose membership has ended: the domain does not bring them back", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const { memberId } = await personAt(clinic, domain);
    const { member } = await getMemberPage(clinic.as.owner, { memberId });
    const ending = {
      memberId,
      version: member.version,
      lastDay: dayFromNow(clinic.as.owner, 0),
      reason: "Moves away.",
    };
    await deactivateMember(clinic.as.owner, { ...ending, accounts: [] });
    expect(await refusalOf(await google(maria(domain)), clinic)).toBe("sign_on.membership_ended");
  });

  test("to an account that is in another clinic too, nor to one that is not in this clinic", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const person = await personAt(clinic, domain);
    await joinToo({ ...person }, await mintClinic(["owner"]));
    expect(await refusalOf(await google(maria(domain)), clinic)).toBe("sign_on.link_first");
    const { clinic: stranger, domain: theirs } = await clinicWithDomain(names);
    const other = await mintClinic(["owner"]);
    await personAt(other, theirs);
    expect(await refusalOf(await google(maria(theirs)), stranger)).toBe("sign_on.link_first");
  });

  test("at no clinic's address, or at one that there is not", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    expect(await refusalOf(await google(maria(domain)), null, clinic)).toBe("sign_on.unknown_here");
    const nowhere = { ...clinic, slug: `no-${newId()}` };
    expect(await refusalOf(await google(maria(domain)), nowhere, clinic)).toBe("sign_on.wrong_domain");
  });

  test("unseen: the try is written down, and slows nobody's password", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    const person = await newPerson(clinic);
    for (let time = 0; time < 6; time += 1) {
      const identity = await google({ sub: newId(), email: person.email, email_verified: false, hd: domain });
      expect(await refusalOf(identity, clinic)).toBe("sign_on.email_unverified");
    }
    expect((await attemptSignIn({ ...person, password: PASSWORD, userAgent: "" })).outcome).toBe("opened");
    const [count] = await asOwner((sql) =>
      sql("SELECT count(*)::int AS n FROM sign_in_attempt WHERE outcome = 'refused'"),
    );
    expect(count.n).toBeGreaterThanOrEqual(6);
  });
});

describe("the second factor", () => {
  async function withApp() {
    const { clinic, domain } = await clinicWithDomain(names);
    const person = await personAt(clinic, domain);
    const { accountId, email } = person;
    const holder = { accountId, email, sessionId: newId() };
    const { secret, sealed } = offerTotp(holder, new Date());
    await addTotp(holder, { sealed, code: await generate({ secret }) }, new Date());
    const vouched = maria(domain);
    await linkProvider(accountId, await google(vouched), new Date());
    return { vouched };
  }

  test("is asked for after a provider that did not say it asked, as after a password", async () => {
    const { vouched } = await withApp();
    const { outcome, token } = await enterAs(await google({ ...vouched, amr: ["pwd"] }), null);
    expect(outcome).toBe("second_step");
    expect(await sessionForToken(tokenHash(token))).toMatchObject({ awaitsSecondFactor: true, provedFactor: false });
  });

  test("is not asked for again where the signed token says that one was", async () => {
    const { vouched } = await withApp();
    const { outcome, token } = await enterAs(await google({ ...vouched, amr: ["pwd", "mfa"] }), null);
    expect(outcome).toBe("opened");
    expect(await sessionForToken(tokenHash(token))).toMatchObject({ awaitsSecondFactor: false, provedFactor: true });
  });

  test("that the clinic demands of a role is not met by being vouched for", async () => {
    const { clinic, domain } = await clinicWithDomain(names);
    await inviteMember(clinic.system, { email: `maria@${domain}`, name: "Maria Santos", role: "auditor" });
    const { token } = await enterAs(await google(maria(domain)), clinic);
    const session = await sessionForToken(tokenHash(token));
    expect(session).toMatchObject({ needsFactor: true, hasFactor: false, provedFactor: false });
  });
});

test("joining is switched off again at once, and who joined goes on signing in", async () => {
  const { clinic, domain } = await clinicWithDomain(names);
  const person = maria(domain);
  await enterAs(await google(person), clinic);
  const { id: domainId, version } = await domainOf(clinic, domain);
  await setJoining(clinic.as.owner, { domainId, version, joins: "no" });
  const late = maria(domain, { email: `late@${domain}` });
  expect(await refusalOf(await google(late), clinic)).toBe("sign_on.not_invited");
  expect((await enterAs(await google(person), clinic)).outcome).toBe("opened");
  expect(await accountForSignIn(`late@${domain}`)).toBeNull();
});
