import { expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";
import { accountForSignIn, invitationForToken } from "#lib/platform/db/identity.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { joinToo, newPerson } from "#tests/support/people.ts";

const JOINING = { name: "Ines Duarte", passwordHash: "$argon2id$not-a-hash" };

function by(signedInAccountId: string | null = null) {
  return { requestId: newId(), locale: "en" as const, signedInAccountId };
}

async function invite({ system }: TestClinic, email = `${newId()}@clinic.test`) {
  const { token, invitationId } = await inviteMember(system, { email, name: "Ines Duarte", role: "auditor" });
  return { token, invitationId, email };
}

test("an invitation gives its own role in its own clinic, and its use is on record", async () => {
  const clinic = await mintClinic(["owner"]);
  const { token, invitationId, email } = await invite(clinic);
  const joined = await acceptInvitation(token, JOINING, by());
  expect(joined.slug).toBe(clinic.slug);
  expect(await accountForSignIn(email)).toEqual({ id: joined.accountId, passwordHash: JOINING.passwordHash });
  const { body } = (await eventsOf(clinic.clinicId, "member.joined")).at(-1) ?? {};
  expect(body).toMatchObject({ object: { id: joined.memberId }, data: { role: "auditor", invitationId } });
});

test("only the hash of an invitation's token is kept", async () => {
  const { token } = await invite(await mintClinic(["owner"]));
  expect((await invitationForToken(tokenHash(token)))?.acceptedAt).toBeNull();
  expect(await invitationForToken(new TextEncoder().encode(token))).toBeNull();
});

test("an invitation works once", async () => {
  const clinic = await mintClinic(["owner"]);
  const { token } = await invite(clinic);
  const { accountId } = await acceptInvitation(token, JOINING, by());
  const before = await contentsOf(clinic.clinicId);
  await expect(acceptInvitation(token, JOINING, by(accountId))).rejects.toMatchObject({
    code: "invitation.used_or_expired",
  });
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
});

test("of two who use an invitation at once, one joins", async () => {
  const clinic = await mintClinic(["owner"]);
  const { token, email } = await invite(clinic);
  const results = await Promise.allSettled([
    acceptInvitation(token, { ...JOINING, passwordHash: "first" }, by()),
    acceptInvitation(token, { ...JOINING, passwordHash: "second" }, by()),
  ]);
  const joined = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.accountId] : []));
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(joined).toHaveLength(1);
  expect(told).toHaveLength(1);
  expect(["invitation.used_or_expired", "invitation.sign_in_first"]).toContain(told[0].code);
  expect((await accountForSignIn(email))?.id).toBe(joined[0]);
  expect(await eventsOf(clinic.clinicId, "member.joined")).toHaveLength(2);
});

test("an invitation of eight days ago is over, and nobody gets an account by it", async () => {
  const clinic = await mintClinic(["owner"]);
  const email = `${newId()}@clinic.test`;
  const eightDaysAgo = { ...clinic.system, occurredAt: new Date(Date.now() - 8 * 86_400_000) };
  const { token } = await inviteMember(eightDaysAgo, { email, name: "Ines Duarte", role: "staff" });
  await expect(acceptInvitation(token, JOINING, by())).rejects.toMatchObject({ code: "invitation.used_or_expired" });
  expect(await accountForSignIn(email)).toBeNull();
});

test("a token that nobody was given is not found", async () => {
  await expect(acceptInvitation(newToken(), JOINING, by())).rejects.toThrow(NotFound);
});

test("who has an account joins a second clinic only signed in to it", async () => {
  const [first, second] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  const person = await newPerson(first);
  const stranger = await newPerson(first);
  const { token } = await invite(second, person.email);
  const before = await contentsOf(second.clinicId);
  for (const signedIn of [null, stranger.accountId]) {
    const trying = acceptInvitation(token, JOINING, by(signedIn));
    await expect(trying).rejects.toMatchObject({ code: "invitation.sign_in_first" });
  }
  expect(await contentsOf(second.clinicId)).toEqual(before);
  const account = await accountForSignIn(person.email);
  await acceptInvitation(token, JOINING, by(person.accountId));
  expect(await accountForSignIn(person.email)).toEqual(account);
  const clinics = await withIdentity(person.accountId, (tx) => tx.clinic.findMany({ select: { slug: true } }));
  expect(clinics.map(({ slug }) => slug).sort()).toEqual([first.slug, second.slug].sort());
});

test("a member who is invited again to the same clinic stays one member", async () => {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic);
  const before = await contentsOf(clinic.clinicId);
  await expect(joinToo(person, clinic)).rejects.toMatchObject({ code: "member.already_member" });
  const after = await contentsOf(clinic.clinicId);
  expect(after["public.member"]).toBe(before["public.member"]);
});
