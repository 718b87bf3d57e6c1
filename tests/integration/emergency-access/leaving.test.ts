import { expect, test } from "vitest";
import { nameEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/name-emergency-person.ts";
import { emergencyPeopleTable } from "#lib/domain/clinic/emergency-access/evidence.ts";
import {
  getEmergencyBanner,
  getEmergencyPeoplePage,
  getEmergencyUsesPage,
} from "#lib/domain/clinic/emergency-access/queries.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { reinstateMember } from "#lib/domain/clinic/people/commands/reinstate-member.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { endOfDayIn } from "#lib/kernel/dates.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";
import { inPack, ledgerSize } from "#tests/support/packs.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asOwner } from "#tests/support/sql.ts";

const REASON = "Moves to Tacoma.";

async function leaves(owner: ClinicContext, who: ClinicContext, days: number) {
  const lastDay = dayFromNow(owner, days);
  return deactivateMember(owner, { ...(await seenNow(owner, who)), lastDay, reason: REASON, accounts: [] });
}

const namings = async (as: ClinicContext) =>
  (await getEmergencyPeoplePage(as, {})).people.map(({ state, endReason }) => [state, endReason]);

test("who is ended today is taken off the list, and what they have open ends with the membership", async () => {
  const { as, clinicId } = await mintClinic();
  await nameFor(as.owner, as.manager);
  const later = { memberId: memberIdOf(as.staff), fromOn: dayFromNow(as.owner, 3), reason: "Covers the holidays." };
  await nameEmergencyPerson(as.owner, later);
  await openAs(as.manager);
  await leaves(as.owner, as.manager, 0);
  expect((await eventsOf(clinicId)).slice(-3).map(({ type }) => type)).toEqual([
    ...["member.deactivated", "emergency_person.ended", "emergency_access.ended"],
  ]);
  expect(await namings(as.auditor)).toEqual([
    ["not_started", ""],
    ["ended", REASON],
  ]);
  expect((await getEmergencyUsesPage(as.owner, {})).rows).toMatchObject([
    { state: "to_review", endedBy: "Grace Okafor" },
  ]);
  expect(await getEmergencyBanner(as.privacy_officer, {})).toMatchObject({ open: [], toReview: 1 });
  await reinstateMember(as.owner, { ...(await seenNow(as.owner, as.manager)), reason: "Is back." });
  await expect(openAs(as.manager)).rejects.toMatchObject({ code: "emergency_access.not_named" });
  await nameFor(as.owner, as.manager);
  await openAs(as.manager);
});

test("an end that is planned leaves the person on the list until that day is over, and not beyond it", async () => {
  const clinic = await mintClinic();
  const { as, clinicId } = clinic;
  await nameFor(as.owner, as.manager);
  await leaves(as.owner, as.manager, 1);
  expect(await namings(as.owner)).toEqual([["in_force", ""]]);
  await openAs(as.manager);
  // As if the two days had gone by.
  await asOwner(async (sql) => {
    await sql(
      "UPDATE member SET started_on = started_on - 9, ended_on = ended_on - 2 WHERE clinic_id = $1 AND ended_on IS NOT NULL",
      [clinicId],
    );
    await sql("UPDATE member_ending SET last_day = last_day - 2 WHERE clinic_id = $1", [clinicId]);
  });
  expect(await namings(as.owner)).toEqual([["lapsed", ""]]);
  expect((await getEmergencyBanner(as.owner, {})).open).toEqual([]);
  const pack = await inPack(clinic, { size: await ledgerSize(clinic) }, emergencyPeopleTable);
  const cells = pack.table.columns.map((column, index) => [column, pack.table.rows[0]?.[index]]);
  expect(Object.fromEntries(cells)).toMatchObject({ ended_at: null, member_left_on: dayFromNow(as.owner, -1) });
  await reinstateMember(as.owner, { ...(await seenNow(as.owner, as.manager)), reason: "Is back." });
  expect(await namings(as.owner)).toEqual([["ended", REASON]]);
  expect((await eventsOf(clinicId)).slice(-3).map(({ type }) => type)).toEqual([
    ...["member.reinstated", "emergency_person.ended", "emergency_access.ended"],
  ]);
});

test("an end that is taken back before its day leaves the person on the list", async () => {
  const { as, clinicId } = await mintClinic();
  await nameFor(as.owner, as.manager);
  await leaves(as.owner, as.manager, 5);
  await reinstateMember(as.owner, { ...(await seenNow(as.owner, as.manager)), reason: "Stays." });
  expect(await namings(as.owner)).toEqual([["in_force", ""]]);
  expect(await eventsOf(clinicId, "emergency_person.ended")).toEqual([]);
});

test("emergency access ends no later than the last day of the membership", async () => {
  const { as, clinicId } = await mintClinic();
  await nameFor(as.owner, as.manager);
  await leaves(as.owner, as.manager, 1);
  await asOwner((sql) =>
    sql("UPDATE member SET ended_on = ended_on - 1 WHERE clinic_id = $1 AND ended_on IS NOT NULL", [clinicId]),
  );
  // Late in the evening, so that its minutes reach into the next day.
  const lateTonight = { ...as.manager, occurredAt: lastMinutesOf(dayFromNow(as.owner, 0), as.owner.timeZone) };
  const { endsAt } = await openAs(lateTonight);
  expect(new Intl.DateTimeFormat("en-CA", { timeZone: as.owner.timeZone }).format(endsAt)).toBe(
    dayFromNow(as.owner, 0),
  );
});

test.each(["privacy_officer", "auditor", "owner"] as const)(
  "who becomes %s is taken off the list with what they have open, and is not on it when they are none any more",
  async (role) => {
    const { as, clinicId } = await mintClinic();
    await nameFor(as.owner, as.manager);
    await openAs(as.manager);
    const stale = await nextRequest(as.manager);
    await changeRole(as.owner, { ...(await seenNow(as.owner, as.manager)), role, reason: "Takes over." });
    expect((await eventsOf(clinicId)).slice(-3).map(({ type }) => type)).toEqual([
      ...["member.role_changed", "emergency_person.ended", "emergency_access.ended"],
    ]);
    expect(await namings(as.owner)).toEqual([["ended", "Takes over."]]);
    expect((await getEmergencyBanner(as.privacy_officer, {})).open).toEqual([]);
    await changeRole(as.owner, { ...(await seenNow(as.owner, as.manager)), role: "manager", reason: "Back." });
    await expect(openAs(as.manager)).rejects.toMatchObject({ code: "emergency_access.not_named" });
    expect((await nextRequest(stale)).actor).not.toHaveProperty("emergency");
  },
);

test("who becomes staff stays on the list", async () => {
  const { as } = await mintClinic();
  await nameFor(as.owner, as.manager);
  await changeRole(as.owner, { ...(await seenNow(as.owner, as.manager)), role: "staff", reason: "Fewer hours." });
  expect(await namings(as.owner)).toEqual([["in_force", ""]]);
});

function lastMinutesOf(day: string, timeZone: string): Date {
  return new Date(endOfDayIn(timeZone, day).getTime() - 5 * 60_000);
}
