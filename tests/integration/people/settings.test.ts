import { describe, expect, test } from "vitest";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { changeLocation } from "#lib/domain/clinic/settings/commands/change-location.ts";
import { closeLocation } from "#lib/domain/clinic/settings/commands/close-location.ts";
import { describeClinic } from "#lib/domain/clinic/settings/commands/describe-clinic.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { endDesignation } from "#lib/domain/clinic/settings/commands/end-designation.ts";
import { getClinicFacts, getLocations, getOfficersPage } from "#lib/domain/clinic/settings/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";

describe("a location", () => {
  test("is added, changed and closed, and people who were there stay there on record", async () => {
    const { as, clinicId } = await mintClinic(["owner", "staff"]);
    const { locationId } = await addLocation(as.owner, { name: "Harbor – Annex 深", address: "1 Pier\nBoston" });
    const facts = { jobTitle: "", workforceType: "employee", tracks: "" } as const;
    await describeMember(as.owner, { ...(await seenNow(as.owner, as.staff)), ...facts, locationId });
    await changeLocation(as.owner, { locationId, version: 1, name: "Annex", address: "" });
    expect((await getLocations(as.owner, {})).locations).toMatchObject([{ name: "Annex", people: 1, closedAt: null }]);
    await closeLocation(as.owner, { locationId, version: 2 });
    expect((await getMemberPage(as.owner, { memberId: memberIdOf(as.staff) })).member.location).toBe("Annex");
    const events = await eventsOf(clinicId, "location.added", "location.changed", "location.closed");
    expect(events.map(({ type }) => type)).toEqual(["location.added", "location.changed", "location.closed"]);
    expect(JSON.stringify(events)).not.toMatch(/Annex|Pier/);
  });

  test("that is closed takes nobody any more, and its name is free again", async () => {
    const { as } = await mintClinic(["owner", "staff"]);
    const { locationId } = await addLocation(as.owner, { name: "Annex" });
    await closeLocation(as.owner, { locationId, version: 1 });
    const there = { ...(await seenNow(as.owner, as.staff)), workforceType: "employee" as const, locationId };
    const invited = { email: "ines@clinic.test", name: "Ines", role: "staff" as const, locationId };
    for (const attempt of [() => describeMember(as.owner, there), () => inviteMember(as.owner, invited)]) {
      await expect(attempt()).rejects.toMatchObject({ code: "location.closed", field: "locationId" });
    }
    await addLocation(as.owner, { name: "ANNEX" });
  });

  test("has a name of its own, to the letter, also when five add it at once", async () => {
    const { as } = await mintClinic(["owner"]);
    await addLocation(as.owner, { name: "Annex" });
    await expect(addLocation(as.owner, { name: "ánnex!" })).rejects.toMatchObject({
      ...{ code: "location.already_listed", field: "name" },
    });
    await expect(addLocation(as.owner, { name: "🙂" })).rejects.toMatchObject({
      code: "location.name_without_letters",
    });
    await Promise.allSettled(Array.from({ length: 5 }, () => addLocation(as.owner, { name: "Main" })));
    expect((await getLocations(as.owner, {})).locations.map(({ name }) => name)).toEqual(["Annex", "Main"]);
  });

  test("is not changed on an old page, nor after it was closed", async () => {
    const { as, clinicId } = await mintClinic(["owner"]);
    const { locationId } = await addLocation(as.owner, { name: "Annex" });
    await closeLocation(as.owner, { locationId, version: 1 });
    const before = await contentsOf(clinicId);
    const tries = [
      () => changeLocation(as.owner, { locationId, version: 1, name: "Other" }),
      () => changeLocation(as.owner, { locationId, version: 2, name: "Other" }),
      () => closeLocation(as.owner, { locationId, version: 2 }),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "location.changed_meanwhile" });
    expect(await contentsOf(clinicId)).toEqual(before);
  });
});

describe("the clinic's facts", () => {
  const FACTS = {
    legalName: "Harbor Family Medicine, P.C.",
    address: "1 Pier\nBoston, MA",
    timeZone: "America/Chicago",
    states: "tx, CA  tx",
    federalFunds: "yes",
    part2Program: "no",
    behavioralHealth: "unknown",
    treatsMinors: "yes",
  } as const;

  test("are written down by an owner, once, and the address of the clinic stays", async () => {
    const { as, clinicId, slug } = await mintClinic(["owner", "auditor"]);
    await describeClinic(as.owner, { ...FACTS, version: 1 });
    const { facts } = await getClinicFacts(as.auditor, {});
    expect(facts).toEqual({ ...FACTS, states: ["CA", "TX"], version: 2 });
    await describeClinic(as.owner, { ...FACTS, version: 2 });
    const events = await eventsOf(clinicId, "clinic.described");
    expect(events).toHaveLength(1);
    expect(events[0]?.body.data).toMatchObject({ states: ["CA", "TX"], federalFunds: "yes" });
    expect(JSON.stringify(events)).not.toMatch(/Harbor|Pier/);
    expect(slug).toBe(as.owner.slug);
  });

  test("are refused on an old page, and beside the field", async () => {
    const { as, clinicId } = await mintClinic(["owner"]);
    await describeClinic(as.owner, { ...FACTS, version: 1 });
    const before = await contentsOf(clinicId);
    await expect(describeClinic(as.owner, { ...FACTS, version: 1, legalName: "Other" })).rejects.toMatchObject({
      code: "clinic.changed_meanwhile",
    });
    await expect(describeClinic(as.owner, { ...FACTS, version: 2, states: "Texas" })).rejects.toMatchObject({
      issues: [{ path: expect.stringMatching(/^states/), code: "state_not_understood" }],
    });
    await expect(
      describeClinic(as.owner, { ...FACTS, version: 2, federalFunds: "maybe" as "yes" }),
    ).rejects.toMatchObject({ issues: [{ path: "federalFunds", code: "choose_fact" }] });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("are an owner's to change", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    await expect(describeClinic(as.privacy_officer, { ...FACTS, version: 1 })).rejects.toBeInstanceOf(Forbidden);
  });
});

describe("an officer", () => {
  const DUTIES = "Develops and carries out the policies.";

  async function office(as: ClinicContext, name = "privacy_official") {
    const { offices, designations } = await getOfficersPage(as, {});
    return { ...(offices.find((one) => one.office === name) ?? expect.fail()), designations };
  }

  test("is designated from a day on, and the predecessor held the office to the day before", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
    expect((await office(as.owner)).warnings).toEqual(["vacant"]);
    const [earlier, today] = [dayFromNow(as.owner, -400), dayFromNow(as.owner, 0)];
    const given = { office: "privacy_official", duties: DUTIES } as const;
    await designateOfficer(as.owner, { ...given, memberId: memberIdOf(as.owner), fromOn: earlier });
    await designateOfficer(as.owner, { ...given, memberId: memberIdOf(as.privacy_officer), fromOn: today });
    const { holder, warnings, designations } = await office(as.owner);
    expect(holder).toMatchObject({ name: "Dana Whitfield", fromOn: today, toOn: null, duties: DUTIES });
    expect(warnings).toEqual([]);
    expect(designations.at(-1)).toMatchObject({ name: "Grace Okafor", toOn: dayFromNow(as.owner, -1) });
    const events = await eventsOf(clinicId, "designation.made", "designation.ended");
    expect(events.map(({ type }) => type)).toEqual(["designation.made", "designation.ended", "designation.made"]);
    expect(JSON.stringify(events)).not.toContain("policies");
  });

  test("who is to follow later does not hold the office before", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const given = { office: "security_official", duties: DUTIES } as const;
    const today = dayFromNow(as.owner, 0);
    await designateOfficer(as.owner, { ...given, memberId: memberIdOf(as.owner), fromOn: today });
    const fromOn = dayFromNow(as.owner, 10);
    await designateOfficer(as.owner, { ...given, memberId: memberIdOf(as.privacy_officer), fromOn });
    const { holder, next } = await office(as.owner, "security_official");
    expect([holder?.name, next?.name]).toEqual(["Grace Okafor", "Dana Whitfield"]);
  });

  test("whose role parts from the designation, who leaves or has left, is warned of", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const fromOn = dayFromNow(as.owner, 0);
    const memberId = memberIdOf(as.privacy_officer);
    await designateOfficer(as.owner, { office: "privacy_official", memberId, fromOn, duties: DUTIES });
    const seen = () => seenNow(as.owner, as.privacy_officer);
    await changeRole(as.owner, { ...(await seen()), role: "staff", reason: "Other work." });
    expect((await office(as.owner)).warnings).toEqual(["role_apart"]);
    const leaves = async (days: number) =>
      deactivateMember(as.owner, { ...(await seen()), lastDay: dayFromNow(as.owner, days), reason: "Moves." });
    await leaves(5);
    expect((await office(as.owner)).warnings).toEqual(["leaving", "role_apart"]);
    await leaves(0);
    expect((await office(as.owner)).warnings).toEqual(["left"]);
    await expect(
      designateOfficer(as.owner, { office: "contact", memberId, fromOn, duties: DUTIES }),
    ).rejects.toMatchObject({ code: "member.has_left", field: "memberId" });
  });

  test("is taken out without a successor, once, and the office is vacant from the next day", async () => {
    const { as } = await mintClinic(["owner"]);
    const memberId = memberIdOf(as.owner);
    const [from, yesterday] = [dayFromNow(as.owner, -9), dayFromNow(as.owner, -1)];
    const made = { office: "contact" as const, memberId, fromOn: from, duties: DUTIES };
    const { designationId } = await designateOfficer(as.owner, made);
    const ending = { designationId, toOn: yesterday, reason: "Nobody is left." };
    await expect(endDesignation(as.owner, { ...ending, toOn: dayFromNow(as.owner, -20) })).rejects.toMatchObject({
      ...{ code: "designation.ends_before_start", field: "toOn" },
    });
    await endDesignation(as.owner, ending);
    await expect(endDesignation(as.owner, ending)).rejects.toMatchObject({ code: "designation.ended_already" });
    expect((await office(as.owner, "contact")).warnings).toEqual(["vacant"]);
    await expect(designateOfficer(as.owner, { ...made, fromOn: yesterday })).rejects.toMatchObject({
      ...{ code: "designation.before_predecessor", field: "fromOn" },
    });
  });

  test("of two designated at once for an office one holds it", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const fromOn = dayFromNow(as.owner, 0);
    const given = { office: "contact" as const, fromOn, duties: DUTIES };
    await Promise.allSettled(
      [as.owner, as.privacy_officer].map((who) => designateOfficer(as.owner, { ...given, memberId: memberIdOf(who) })),
    );
    expect((await office(as.owner, "contact")).designations).toHaveLength(1);
  });

  test("is designated by an owner", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const made = { office: "contact" as const, memberId: memberIdOf(as.owner), fromOn: "2026-01-05", duties: DUTIES };
    await expect(designateOfficer(as.privacy_officer, made)).rejects.toBeInstanceOf(Forbidden);
  });
});
