import { describe, expect, test } from "vitest";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { endEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/end-emergency-access.ts";
import { endEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/end-emergency-person.ts";
import { nameEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/name-emergency-person.ts";
import { setEmergencyRule } from "#lib/domain/clinic/emergency-access/commands/set-emergency-rule.ts";
import { getEmergencyBanner, getEmergencyUsesPage } from "#lib/domain/clinic/emergency-access/queries.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { getPeoplePage } from "#lib/domain/clinic/people/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { minutesAgo, nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

/** A clinic whose manager the owner put on the list, with a tool to decide on. */
async function prepared() {
  const clinic = await mintClinic();
  const { toolId } = await registerTool(clinic.as.owner, typedTool("Northwind Notes"));
  const { personId } = await nameFor(clinic.as.owner, clinic.as.manager);
  return { ...clinic, toolId, personId };
}

async function decide(as: ClinicContext, toolId: string, reader: ClinicContext) {
  const { version } = await toolNow(reader, toolId);
  return decideTool(as, { toolId, version, status: "prohibited", reason: "It copies what is typed." });
}

describe("a manager who is on the list", () => {
  test("decides nothing before, decides under emergency access, and decides nothing after", async () => {
    const { as, toolId } = await prepared();
    await expect(decide(as.manager, toolId, as.owner)).rejects.toThrow(Forbidden);
    await expect(requestEvidencePack(as.manager, {})).rejects.toThrow(Forbidden);
    const { useId } = await openAs(as.manager);
    const under = await nextRequest(as.manager);
    await decide(under, toolId, under);
    await requestEvidencePack(under, {});
    expect((await getPeoplePage(under, {})).total).toBe(5);
    await endEmergencyAccess(under, { useId });
    const after = await nextRequest(as.manager);
    expect(after).toEqual(as.manager);
    await expect(decide(after, toolId, as.owner)).rejects.toThrow(Forbidden);
    await expect(getPeoplePage(after, {})).rejects.toThrow(Forbidden);
  });

  test("loses it when an officer ends it, also in a page that was loaded before", async () => {
    const { as, toolId } = await prepared();
    const { useId } = await openAs(as.manager);
    const stale = await nextRequest(as.manager);
    await endEmergencyAccess(as.privacy_officer, { useId });
    expect(await nextRequest(as.manager)).toEqual(as.manager);
    await expect(decide(stale, toolId, as.owner)).rejects.toThrow(Forbidden);
    await expect(getPeoplePage(stale, {})).rejects.toThrow(Forbidden);
  });

  test("loses it by the database's clock, without a job and without anybody", async () => {
    const { as, clinicId, toolId } = await prepared();
    await openAs(as.manager, { minutes: 30 });
    const before = await nextRequest(as.manager);
    await decide(before, toolId, before);
    // As if half an hour had gone by.
    await asOwner((sql) =>
      sql(
        `UPDATE emergency_use SET opened_at = opened_at - interval '30 minutes', ends_at = ends_at - interval '30 minutes'
          WHERE clinic_id = $1`,
        [clinicId],
      ),
    );
    expect(await nextRequest(as.manager)).toEqual(as.manager);
    await expect(decide(before, toolId, as.owner)).rejects.toThrow(Forbidden);
    await expect(requestEvidencePack(before, {})).rejects.toThrow(Forbidden);
    expect(await eventsOf(clinicId, "emergency_access.ended")).toEqual([]);
    expect((await getEmergencyUsesPage(as.owner, {})).rows).toMatchObject([{ state: "to_review", endedBy: "" }]);
  });

  test("can't use what was open two hours ago for one", async () => {
    const { as, toolId } = await prepared();
    await openAs(minutesAgo(as.manager, 120), { minutes: 60 });
    expect(await nextRequest(as.manager)).toEqual(as.manager);
    await expect(decide(as.manager, toolId, as.owner)).rejects.toThrow(Forbidden);
  });

  test("has no more of it once their role may have none", async () => {
    const { as } = await prepared();
    await openAs(as.manager);
    const stale = await nextRequest(as.manager);
    const seen = await seenNow(as.owner, as.manager);
    await changeRole(as.owner, { ...seen, role: "auditor", reason: "Reads from now on." });
    expect((await nextRequest(as.manager)).actor).not.toHaveProperty("emergency");
    await expect(requestEvidencePack(stale, {})).rejects.toThrow(Forbidden);
  });
});

describe("under emergency access nobody changes who holds power", () => {
  test("not roles, invitations, the list, the rule or the clinic", async () => {
    const { as, clinicId, personId } = await prepared();
    await openAs(as.manager);
    const under = await nextRequest(as.manager);
    const own = await seenNow(as.owner, as.manager);
    const before = await contentsOf(clinicId);
    const tries = [
      changeRole(under, { ...own, role: "owner", reason: "Takes over." }),
      inviteMember(under, { email: "a@clinic.test", name: "A", role: "staff" }),
      nameEmergencyPerson(under, { memberId: memberIdOf(as.staff), fromOn: dayFromNow(under, 0), reason: "Helps." }),
      endEmergencyPerson(under, { personId, reason: "Done." }),
      setEmergencyRule(under, { number: 0, minutesMax: 480, reviewDays: 30 }),
      requireSecondApprover(under, { required: false }),
    ];
    for (const tried of tries) await expect(tried).rejects.toThrow(Forbidden);
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("a use of somebody else is not found, whatever the own one gives", async () => {
    const { as } = await prepared();
    await nameFor(as.owner, as.staff);
    const { useId } = await openAs(as.staff);
    await openAs(as.manager);
    const under = await nextRequest(as.manager);
    await expect(endEmergencyAccess(under, { useId })).rejects.toThrow(NotFound);
    expect((await getEmergencyUsesPage(under, {})).rows.map(({ member }) => member)).toEqual(["Luis Ortega"]);
  });

  test("the use of another person, named as one's own, gives nothing", async () => {
    const { as } = await prepared();
    const { useId, endsAt } = await openAs(as.manager);
    if (as.staff.actor.kind !== "member") return expect.fail();
    const borrowed = { ...as.staff, actor: { ...as.staff.actor, emergency: { useId, endsAt } } };
    await expect(requestEvidencePack(borrowed, {})).rejects.toThrow(Forbidden);
  });
});

describe("every entry of the ledger", () => {
  test("that is made under emergency access names it, and no other does", async () => {
    const { as, clinicId, toolId } = await prepared();
    const { useId } = await openAs(as.manager);
    const under = await nextRequest(as.manager);
    await decide(under, toolId, under);
    await registerTool(under, typedTool("Tidewater Notes"));
    await endEmergencyAccess(under, { useId });
    await registerTool(as.owner, typedTool("Quayside Notes"));
    const named = (await eventsOf(clinicId)).filter(({ body }) => body.actor.emergency !== undefined);
    expect(named.map(({ type }) => type)).toEqual(["tool.prohibited", "tool.registered", "emergency_access.ended"]);
    for (const { body } of named) {
      expect(body.actor).toEqual({
        ...{ kind: "member", id: memberIdOf(as.manager), role: "manager", emergency: useId },
      });
    }
  });

  test("made without it has the body it always had", async () => {
    const { as, clinicId } = await prepared();
    const [registered] = await eventsOf(clinicId, "tool.registered");
    const body = registered?.body ?? expect.fail();
    expect(Object.keys(body).sort()).toEqual(["actor", "correlation", "data", "object", "v"]);
    expect(body.actor).toEqual({ kind: "member", id: memberIdOf(as.owner), role: "owner" });
  });

  test("stands before the end of the emergency access that it names", async () => {
    const { as, clinicId } = await prepared();
    const { useId } = await openAs(as.manager);
    const under = await nextRequest(as.manager);
    const acts = Array.from({ length: 6 }, async (_, index) => registerTool(under, typedTool(`Notes ${index}`)));
    await Promise.allSettled([...acts, endEmergencyAccess(as.owner, { useId })]);
    const events = (await eventsOf(clinicId)).map(({ type, body }) => ({ type, use: body.actor.emergency }));
    const end = events.findIndex(({ type }) => type === "emergency_access.ended");
    expect(end).toBeGreaterThan(0);
    expect(events.slice(end).filter(({ use }) => use !== undefined)).toEqual([]);
  });
});

describe("opening", () => {
  test("is refused in words to who is not on the list, and says whom to turn to", async () => {
    const { as, clinicId } = await prepared();
    const before = await contentsOf(clinicId);
    await expect(openAs(as.staff)).rejects.toMatchObject({
      ...{ code: "emergency_access.not_named", params: { people: "Luis Ortega, Grace Okafor, or Dana Whitfield" } },
    });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("is nothing for officers and auditors", async () => {
    const { as } = await prepared();
    for (const who of [as.owner, as.privacy_officer, as.auditor]) await expect(openAs(who)).rejects.toThrow(Forbidden);
  });

  test("takes a reason of 20 characters, a kind, the tick, and no longer than the clinic's rule", async () => {
    const { as } = await prepared();
    for (const typed of [{ reason: "Too short." }, { kind: "joke" }, { understood: "" }, { minutes: 14 }]) {
      await expect(openAs(as.manager, typed as never)).rejects.toThrow(InvalidInput);
    }
    await expect(openAs(as.manager, { minutes: 90 })).rejects.toMatchObject({
      ...{ code: "emergency_access.too_long", params: { max: 60 }, field: "minutes" },
    });
    await setEmergencyRule(as.owner, { number: 0, minutesMax: 90, reviewDays: 5 });
    await openAs(as.manager, { minutes: 90 });
  });

  test("twice at once makes one, and once more later is the same one", async () => {
    const { as, clinicId } = await prepared();
    const [one, other] = await Promise.all([openAs(as.manager), openAs(as.manager)]);
    expect(one.useId).toBe(other.useId);
    expect((await openAs(as.manager)).useId).toBe(one.useId);
    expect(await eventsOf(clinicId, "emergency_access.opened")).toHaveLength(1);
  });

  test("ends no later than the last day for which the person is named", async () => {
    const { as } = await mintClinic();
    const toOn = dayFromNow(as.owner, 0);
    const memberId = memberIdOf(as.manager);
    await nameEmergencyPerson(as.owner, { memberId, fromOn: toOn, toOn, reason: "For today." });
    await setEmergencyRule(as.owner, { number: 0, minutesMax: 480, reviewDays: 3 });
    const { endsAt } = await openAs(as.manager, { minutes: 480 });
    const inZone = new Intl.DateTimeFormat("en-CA", { timeZone: as.owner.timeZone }).format(endsAt);
    expect(inZone).toBe(toOn);
  });

  test("as a drill is the same, and is marked as one", async () => {
    const { as, toolId } = await prepared();
    await openAs(as.manager, { kind: "drill" });
    const under = await nextRequest(as.manager);
    await decide(under, toolId, under);
    expect((await getEmergencyUsesPage(as.owner, {})).rows).toMatchObject([{ kind: "drill", state: "open" }]);
  });
});

describe("the list of who may", () => {
  test("begins empty, takes people for a term, and keeps who was taken off it", async () => {
    const { as, clinicId } = await mintClinic();
    expect((await getEmergencyUsesPage(as.staff, {})).namedToday).toEqual([]);
    const { personId } = await nameFor(as.owner, as.staff);
    expect((await getEmergencyUsesPage(as.manager, {})).namedToday).toEqual(["Maria Santos"]);
    await expect(nameFor(as.owner, as.staff)).rejects.toMatchObject({ code: "emergency_access.named_already" });
    await openAs(as.staff);
    await endEmergencyPerson(as.owner, { personId, reason: "Leaves the desk." });
    expect(await nextRequest(as.staff)).toEqual(as.staff);
    expect((await eventsOf(clinicId)).slice(-2).map(({ type }) => type)).toEqual([
      "emergency_person.ended",
      "emergency_access.ended",
    ]);
    await expect(openAs(as.staff)).rejects.toMatchObject({ code: "emergency_access.not_named" });
    await nameFor(as.owner, as.staff);
    for (const statement of ["DELETE FROM emergency_person", "UPDATE emergency_person SET member_id = named_by"]) {
      await expect(asApp(clinicId, (sql) => sql(statement))).rejects.toThrow("permission denied");
    }
  });

  test("takes no auditor, nobody who is an officer, nobody who has left, and no day that is over", async () => {
    const { as } = await mintClinic();
    const coded = async (who: ClinicContext) => nameFor(as.owner, who).catch((error) => error.code);
    expect(await coded(as.auditor)).toBe("emergency_access.auditor");
    expect(await coded(as.privacy_officer)).toBe("emergency_access.officer");
    const typed = { memberId: memberIdOf(as.staff), reason: "Helps." };
    await expect(nameEmergencyPerson(as.owner, { ...typed, fromOn: dayFromNow(as.owner, -1) })).rejects.toMatchObject({
      ...{ code: "emergency_access.from_in_past", field: "fromOn" },
    });
    await expect(
      nameEmergencyPerson(as.privacy_officer, { ...typed, fromOn: dayFromNow(as.owner, 0) }),
    ).rejects.toThrow(Forbidden);
  });

  test("opens nothing before its first day", async () => {
    const { as } = await mintClinic();
    const typed = { memberId: memberIdOf(as.staff), reason: "Covers the holidays." };
    await nameEmergencyPerson(as.owner, { ...typed, fromOn: dayFromNow(as.owner, 1) });
    await expect(openAs(as.staff)).rejects.toMatchObject({ code: "emergency_access.not_named" });
  });

  test("has a rule that a stale page does not overwrite", async () => {
    const { as } = await mintClinic(["owner"]);
    await setEmergencyRule(as.owner, { number: 0, minutesMax: 30, reviewDays: 2 });
    await expect(setEmergencyRule(as.owner, { number: 0, minutesMax: 45, reviewDays: 2 })).rejects.toMatchObject({
      code: "emergency_access.rule_changed_meanwhile",
    });
  });
});

test("the banner stands for the person while it is open, and for officers until it is reviewed", async () => {
  const { as } = await prepared();
  expect(await getEmergencyBanner(as.manager, {})).toMatchObject({ own: null, named: true });
  expect(await getEmergencyBanner(as.staff, {})).toMatchObject({ own: null, named: false });
  const { useId } = await openAs(as.manager);
  expect(await getEmergencyBanner(as.manager, {})).toMatchObject({ own: { useId }, open: [], toReview: 0 });
  for (const officer of [as.owner, as.privacy_officer]) {
    expect((await getEmergencyBanner(officer, {})).open).toMatchObject([{ useId, member: "Luis Ortega" }]);
  }
  expect((await getEmergencyBanner(as.staff, {})).open).toEqual([]);
  await endEmergencyAccess(as.manager, { useId });
  expect(await getEmergencyBanner(as.owner, {})).toMatchObject({ open: [], toReview: 1, overdue: 0 });
  expect(await getEmergencyBanner(as.manager, {})).toMatchObject({ own: null, toReview: 0 });
});
