import { expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import {
  designationsTable,
  membersTable,
  offboardingTable,
  type PackMoment,
  type PackTable,
  roleHistoryTable,
} from "#lib/domain/clinic/evidence.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { reinstateMember } from "#lib/domain/clinic/people/commands/reinstate-member.ts";
import { settleOffboarding } from "#lib/domain/clinic/people/commands/settle-offboarding.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { endDesignation } from "#lib/domain/clinic/settings/commands/end-designation.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { eventTypes, inPack, ledgerSize, madePack, tableOf, textOf } from "#tests/support/packs.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";

type Making = (tx: ClinicTx, moment: PackMoment) => Promise<PackTable>;

/** A table of a pack made now, over so many events, as rows by column. */
async function rowsOf(clinic: TestClinic, table: Making, size?: number) {
  const { table: made } = await inPack(clinic, size === undefined ? {} : { size }, table);
  return made.rows.map((cells) => Object.fromEntries(made.columns.map((column, index) => [column, cells[index]])));
}

async function typeOf({ clinicId }: TestClinic, seq: unknown) {
  return (await eventsOf(clinicId))[Number(seq)]?.type;
}

const ended = { reason: "Moves away.", accounts: ["Lotus EHR"] };

async function end(by: ClinicContext, who: ClinicContext, days = 0) {
  await deactivateMember(by, { ...(await seenNow(by, who)), lastDay: dayFromNow(by, days), ...ended });
  const [ending] = (await getMemberPage(by, { memberId: memberIdOf(who) })).endings;
  return ending ?? expect.fail();
}

test("the list of members and the history of roles say what was so when the ledger had that size", async () => {
  const clinic = await mintClinic(["owner", "staff"]);
  const { owner, staff } = clinic.as;
  const before = await ledgerSize(clinic);
  await changeRole(owner, { ...(await seenNow(owner, staff)), role: "manager", reason: "Leads the desk." });
  await describeMember(owner, {
    ...{ ...(await seenNow(owner, staff)), jobTitle: "Front desk lead", workforceType: "contractor", tracks: "Desk" },
  });
  await end(owner, staff);
  const maria = async (size?: number) =>
    (await rowsOf(clinic, membersTable, size)).find(({ name }) => name === "Maria Santos") ?? expect.fail();
  expect(await maria(before)).toMatchObject({
    role: "staff",
    job_title: "",
    workforce_type: "employee",
    ended_on: null,
  });
  const now = await maria();
  expect(now).toMatchObject({
    ...{ role: "manager", job_title: "Front desk lead", workforce_type: "contractor", tracks: "Desk" },
    ended_on: dayFromNow(owner, 0),
  });
  expect(await typeOf(clinic, now.role_event_seq)).toBe("member.role_changed");
  expect(await typeOf(clinic, now.ended_event_seq)).toBe("member.deactivated");
  const roles = async (size?: number) =>
    (await rowsOf(clinic, roleHistoryTable, size)).map(({ member, previous_role, role, reason }) => [
      ...[member, previous_role, role, reason],
    ]);
  const joined = [
    ["Grace Okafor", null, "owner", ""],
    ["Maria Santos", null, "staff", ""],
  ];
  expect(await roles(before)).toEqual(joined);
  expect(await roles()).toEqual([...joined, ["Maria Santos", "staff", "manager", "Leads the desk."]]);
});

test("what was seen to when people left stands with who did, as far as the ledger has it; an end taken back is gone", async () => {
  const clinic = await mintClinic(["owner", "staff", "manager"]);
  const { owner, staff, manager } = clinic.as;
  const { id: endingId } = await end(owner, staff);
  await settleOffboarding(owner, {
    ...{ endingId, version: 1, items: [{ position: 3, state: "done", note: "By the vendor." }] },
  });
  await end(owner, manager, 5);
  await reinstateMember(owner, { ...(await seenNow(owner, manager)), reason: "Stays." });
  const rows = await rowsOf(clinic, offboardingTable);
  expect(
    rows.map(({ member, kind, account, state, settled_by }) => [member, kind, account, state, settled_by]),
  ).toEqual([
    ["Maria Santos", "devices", "", "open", ""],
    ["Maria Santos", "keys", "", "open", ""],
    ["Maria Santos", "forwarding", "", "open", ""],
    ["Maria Santos", "account", "Lotus EHR", "done", "Grace Okafor"],
  ]);
  expect(await typeOf(clinic, rows[3]?.event_seq)).toBe("member.deactivated");
  expect(await typeOf(clinic, rows[3]?.settled_event_seq)).toBe("member.offboarding_settled");
  const earlier = { asOf: new Date(Date.now() - 86_400_000) };
  expect((await inPack(clinic, earlier, offboardingTable)).table.rows).toEqual([]);
});

test("a last day that an invitation named rests on the entry of joining", async () => {
  const clinic = await mintClinic(["owner"]);
  const endsOn = dayFromNow(clinic.as.owner, 9);
  const { token } = await inviteMember(clinic.as.owner, {
    ...{ email: `${newId()}@clinic.test`, name: "Ines", role: "staff", workforceType: "student", endsOn },
  });
  const by = { requestId: newId(), locale: "en", signedInAccountId: null } as const;
  await acceptInvitation(token, { name: "Ines", passwordHash: "$argon2id$not-a-hash" }, by);
  const [row] = await rowsOf(clinic, offboardingTable);
  expect(row).toMatchObject({ member: "Ines", last_day: endsOn, state: "open" });
  expect(await typeOf(clinic, row?.event_seq)).toBe("member.joined");
});

test("designations stand with their days, and an end only once the ledger of the pack may know it", async () => {
  const clinic = await mintClinic(["owner"]);
  const { owner } = clinic.as;
  const made = { office: "contact" as const, memberId: memberIdOf(owner), duties: "Answers complaints." };
  const { designationId } = await designateOfficer(owner, { ...made, fromOn: dayFromNow(owner, -30) });
  const [open] = await rowsOf(clinic, designationsTable);
  expect(open).toMatchObject({ office: "contact", member: "Grace Okafor", to_on: null, ended_event_seq: null });
  await endDesignation(owner, { designationId, toOn: dayFromNow(owner, -1), reason: "Hands over." });
  const [row] = await rowsOf(clinic, designationsTable);
  expect(row?.to_on).toBe(dayFromNow(owner, -1));
  expect(await typeOf(clinic, row?.ended_event_seq)).toBe("designation.ended");
});

test("a pack answers the items on access and on officials with these tables", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { owner } = clinic.as;
  const fromOn = dayFromNow(owner, 0);
  const memberId = memberIdOf(clinic.as.privacy_officer);
  await designateOfficer(owner, { office: "security_official", memberId, fromOn, duties: "Keeps systems safe 深 🙂." });
  await end(owner, clinic.as.staff);
  const { bag } = await madePack(clinic);
  expect(tableOf(bag, "designations")).toHaveLength(1);
  expect(tableOf(bag, "role_history")).toHaveLength(3);
  expect(tableOf(bag, "offboarding")).toHaveLength(4);
  expect(eventTypes(bag)).toContain("member.deactivated");
  const index = textOf(bag, "data/index.csv");
  for (const table of ["designations", "role_history", "offboarding"]) expect(index).toContain(`tables/${table}.csv`);
});
