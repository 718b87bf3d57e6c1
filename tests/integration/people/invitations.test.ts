import { describe, expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { renewInvitation } from "#lib/domain/clinic/people/commands/renew-invitation.ts";
import { revokeInvitation } from "#lib/domain/clinic/people/commands/revoke-invitation.ts";
import {
  getInvitation,
  getInvitationsPage,
  getInvitationsRows,
  getMemberPage,
} from "#lib/domain/clinic/people/queries.ts";
import { Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { membershipFor } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { minutesAgo } from "#tests/support/emergency.ts";
import { dayFromNow } from "#tests/support/roster.ts";

const BY = { requestId: newId(), locale: "en", signedInAccountId: null } as const;
const JOINING = { name: "Zoë Ñandú-O’Neill", passwordHash: "$argon2id$not-a-hash" };

function typed(fields: Partial<Parameters<typeof inviteMember>[1]> = {}) {
  return { email: `${newId()}@clinic.test`, name: "Zoë Ñandú", role: "staff" as const, ...fields };
}

describe("an invitation", () => {
  test("brings into the clinic what it says, and who made it", async () => {
    const { as, slug } = await mintClinic(["owner"]);
    const [startsOn, endsOn] = [dayFromNow(as.owner, 0), dayFromNow(as.owner, 90)];
    const facts = { jobTitle: "Scribe", workforceType: "contractor", tracks: "Clinicians", startsOn, endsOn } as const;
    const { token } = await inviteMember(as.owner, typed(facts));
    const { memberId, accountId, startsLater } = await acceptInvitation(token, JOINING, BY);
    expect(startsLater).toBe(false);
    const { member, endings } = await getMemberPage(as.owner, { memberId });
    expect(member).toMatchObject({
      ...{ name: JOINING.name, jobTitle: "Scribe", workforceType: "contractor", tracks: ["Clinicians"] },
      ...{ startedOn: startsOn, endedOn: endsOn, state: "leaving" },
    });
    expect(endings).toMatchObject([{ lastDay: endsOn, endedAt: null, by: "Grace Okafor" }]);
    expect(await membershipFor(slug, accountId)).not.toBeNull();
  });

  test("to start later opens nothing before", async () => {
    const { as, slug } = await mintClinic(["owner"]);
    const { token } = await inviteMember(as.owner, typed({ startsOn: dayFromNow(as.owner, 2) }));
    const { accountId, startsLater } = await acceptInvitation(token, JOINING, BY);
    expect(startsLater).toBe(true);
    expect(await membershipFor(slug, accountId)).toBeNull();
  });

  test("taken back opens nothing from the same moment, and stays on record", async () => {
    const { as, clinicId } = await mintClinic(["owner"]);
    const { token, invitationId } = await inviteMember(as.owner, typed());
    await revokeInvitation(as.owner, { invitationId });
    await expect(acceptInvitation(token, JOINING, BY)).rejects.toMatchObject({ code: "invitation.used_or_expired" });
    expect((await getInvitation(as.owner, { invitationId })).state).toBe("revoked");
    expect(await eventsOf(clinicId, "member.invitation_revoked")).toHaveLength(1);
    for (const again of [revokeInvitation, renewInvitation]) {
      await expect(again(as.owner, { invitationId })).rejects.toMatchObject({ code: "invitation.not_open" });
    }
  });

  test("gets a new link: the old one ends, and the new one brings the same", async () => {
    const { as } = await mintClinic(["owner"]);
    const first = await inviteMember(as.owner, typed({ jobTitle: "Scribe", role: "auditor" }));
    const second = await renewInvitation(as.owner, first);
    await expect(acceptInvitation(first.token, JOINING, BY)).rejects.toMatchObject({
      code: "invitation.used_or_expired",
    });
    const newer = second.invitationId;
    expect(await getInvitation(as.owner, first)).toMatchObject({ state: "revoked", newerId: newer });
    expect(await getInvitation(as.owner, second)).toMatchObject({ state: "open", newerId: null });
    const { memberId } = await acceptInvitation(second.token, JOINING, BY);
    expect((await getMemberPage(as.owner, { memberId })).member).toMatchObject({ jobTitle: "Scribe", role: "auditor" });
  });

  test("to an address that has an open one takes its place; of five at once one stays open", async () => {
    const { as, clinicId } = await mintClinic(["owner"]);
    const email = `${newId()}@clinic.test`;
    const first = await inviteMember(as.owner, typed({ email }));
    expect(first.replaced).toBeNull();
    const tries = Array.from({ length: 5 }, () => inviteMember(as.owner, typed({ email: email.toUpperCase() })));
    const made = (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled");
    expect(made.length).toBeGreaterThan(0);
    expect((await getInvitationsPage(as.owner, {})).total).toBe(1);
    const revoked = await eventsOf(clinicId, "member.invitation_revoked");
    expect(revoked).toHaveLength(made.length);
    expect(revoked[0]?.body.object.id).toBe(first.invitationId);
  });

  test("says for whom and when the link was made that ends with it, and the name as it is kept", async () => {
    const { as } = await mintClinic(["owner"]);
    const email = `${newId()}@clinic.test`;
    const anHourAgo = minutesAgo(as.owner, 60);
    await inviteMember(anHourAgo, typed({ email, name: "Noah Kim" }));
    expect(await inviteMember(as.owner, typed({ email, name: " Nina\u200b Vogel\u202e " }))).toMatchObject({
      name: "Nina Vogel",
      replaced: { name: "Noah Kim", madeAt: anHourAgo.occurredAt },
    });
  });

  test("is not made for who is a member with that address, whether they serve or have left", async () => {
    const { as, clinicId } = await mintClinic(["owner"]);
    const email = `${newId()}@clinic.test`;
    const { token } = await inviteMember(as.owner, typed({ email }));
    const { memberId } = await acceptInvitation(token, JOINING, BY);
    const before = await contentsOf(clinicId);
    await expect(inviteMember(as.owner, typed({ email: ` ${email.toUpperCase()}` }))).rejects.toMatchObject({
      ...{ code: "member.already_member", field: "email", params: { name: JOINING.name, memberId } },
    });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test.each([
    [{ startsOn: "2027-02-01", endsOn: "2027-01-01" }, { issues: [{ path: "endsOn", code: "end_before_start" }] }],
    [{ endsOn: "2026-01-01" }, { code: "member.end_in_past", field: "endsOn" }],
    [{ startsOn: "soon" }, { issues: [{ path: "startsOn", code: "date_not_understood" }] }],
    [{ role: "janitor" as "staff" }, { issues: [{ path: "role", code: "choose_role" }] }],
    [{ name: "\u200b" }, { issues: [{ path: "name", code: "required" }] }],
  ])("that says %j is refused beside its field", async (fields, refusal) => {
    const { as, clinicId } = await mintClinic(["owner"]);
    const before = await contentsOf(clinicId);
    await expect(inviteMember(as.owner, typed(fields))).rejects.toMatchObject(refusal);
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("never gives more than its maker has, nor is one above theirs touched", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const ofOwner = typed({ role: "owner" });
    await expect(inviteMember(as.privacy_officer, ofOwner)).rejects.toMatchObject({ code: "member.role_above_own" });
    const { invitationId } = await inviteMember(as.owner, ofOwner);
    const tries = [
      () => revokeInvitation(as.privacy_officer, { invitationId }),
      () => renewInvitation(as.privacy_officer, { invitationId }),
      () => inviteMember(as.privacy_officer, typed({ email: ofOwner.email })),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "member.role_above_own" });
    expect((await getInvitation(as.owner, { invitationId })).state).toBe("open");
  });

  test("of another clinic is what an unknown one is", async () => {
    const [one, other] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
    const { invitationId } = await inviteMember(other.as.owner, typed());
    for (const ask of [getInvitation, revokeInvitation, renewInvitation]) {
      await expect(ask(one.as.owner, { invitationId })).rejects.toBeInstanceOf(NotFound);
    }
  });

  test.each(["manager", "staff", "auditor"] as const)("is nothing for a %s", async (role) => {
    const { as } = await mintClinic(["owner", role]);
    await expect(inviteMember(as[role], typed())).rejects.toBeInstanceOf(Forbidden);
    await expect(getInvitationsPage(as[role], {})).rejects.toBeInstanceOf(Forbidden);
  });
});

test("open invitations are listed, searched and given as files; a link stands nowhere", async () => {
  const { as } = await mintClinic(["owner"]);
  const { token } = await inviteMember(as.owner, typed({ name: "Ægir 深" }));
  const eightDaysAgo = { ...as.owner, occurredAt: new Date(Date.now() - 8 * 86_400_000) };
  await inviteMember(eightDaysAgo, typed({ name: "Bea", role: "auditor" }));
  const names = async (asked: Parameters<typeof getInvitationsPage>[1]) =>
    (await getInvitationsPage(as.owner, asked)).rows.map(({ name, state }) => [name, state]);
  expect(await names({})).toEqual([
    ["Ægir 深", "open"],
    ["Bea", "expired"],
  ]);
  expect(await names({ state: ["expired"] })).toEqual([["Bea", "expired"]]);
  expect(await names({ q: "深" })).toEqual([["Ægir 深", "open"]]);
  expect(await names({ q: "🙂" })).toEqual([]);
  expect(await names({ role: ["auditor"], sort: "name", direction: "asc" })).toEqual([["Bea", "expired"]]);
  const file = await getInvitationsRows(as.owner, {});
  expect(file.total).toBe(2);
  expect(JSON.stringify(file)).not.toContain(token);
});
