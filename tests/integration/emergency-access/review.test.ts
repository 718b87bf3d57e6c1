import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { endEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/end-emergency-access.ts";
import { reviewEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/review-emergency-access.ts";
import {
  getEmergencyPeoplePage,
  getEmergencyUse,
  getEmergencyUsesPage,
} from "#lib/domain/clinic/emergency-access/queries.ts";
import { holdEmergency } from "#lib/domain/clinic/emergency-access/steps.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { prepareEvents } from "#lib/domain/ledger/record.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { getOutboxPage } from "#lib/domain/notifications/outbox/queries.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { Conflict, Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { type ClinicTx, withClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf, jobsOf } from "#tests/support/contents.ts";
import { minutesAgo, nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";
import { dayFromNow, seenNow } from "#tests/support/roster.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const found = { justified: "yes", done: "The vendor was told no, and the tool was taken in.", followUp: "" } as const;

function signed(as: ClinicContext) {
  return as.actor.kind === "member" ? as.actor.name : "";
}

async function review(as: ClinicContext, useId: string, fields: object = {}) {
  return reviewEmergencyAccess(as, { useId, ...found, typedName: signed(as), ...fields });
}

/** A use of the manager's that is over, with one thing done under it. */
async function over(clinic: TestClinic): Promise<{ useId: string }> {
  const { owner, manager } = clinic.as;
  await nameFor(owner, manager);
  const { useId } = await openAs(manager);
  const under = await nextRequest(manager);
  await registerTool(under, typedTool("Tidewater Notes"));
  await endEmergencyAccess(under, { useId });
  return { useId };
}

describe("a use that is over", () => {
  test("is reviewed by an officer over everything that was done under it, once and for all", async () => {
    const clinic = await mintClinic();
    const { as, clinicId } = clinic;
    const { useId } = await over(clinic);
    const { events, mayReview } = await getEmergencyUse(as.privacy_officer, { useId });
    expect(events.map(({ type }) => type)).toEqual(["vendor.registered", "tool.registered"]);
    expect(mayReview).toBe(true);
    await review(as.privacy_officer, useId, { justified: "no", followUp: "The desk gets a phone list." });
    expect((await getEmergencyUse(as.owner, { useId })).use).toMatchObject({
      state: "reviewed",
      review: { justified: false, by: "Dana Whitfield", soleReviewer: false, entries: 2 },
    });
    const before = await contentsOf(clinicId);
    await expect(review(as.owner, useId)).rejects.toMatchObject({
      ...{ code: "emergency_access.reviewed_already", params: { name: "Dana Whitfield", useId } },
    });
    expect(await contentsOf(clinicId)).toEqual(before);
    for (const statement of ["UPDATE emergency_review SET justified = true", "DELETE FROM emergency_review"]) {
      await expect(asApp(clinicId, (sql) => sql(statement))).rejects.toThrow("permission denied");
    }
  });

  test("shows nothing done where nothing was done with it, also when its person ended it", async () => {
    const { as } = await mintClinic();
    await nameFor(as.owner, as.manager);
    const { useId } = await openAs(as.manager);
    await endEmergencyAccess(await nextRequest(as.manager), { useId });
    expect(await getEmergencyUse(as.owner, { useId })).toMatchObject({ events: [], entries: 0 });
  });

  test("that was not justified is signed only with what follows from it", async () => {
    const clinic = await mintClinic();
    const { useId } = await over(clinic);
    const before = await contentsOf(clinic.clinicId);
    await expect(review(clinic.as.owner, useId, { justified: "no", followUp: " \n" })).rejects.toMatchObject({
      issues: [{ path: "followUp", code: "what_follows" }],
    });
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    await review(clinic.as.owner, useId, { justified: "no", followUp: "The desk gets a phone list." });
  });

  test("of two reviews at once one stands", async () => {
    const clinic = await mintClinic();
    const { useId } = await over(clinic);
    const tries = [review(clinic.as.owner, useId), review(clinic.as.privacy_officer, useId)];
    const results = await Promise.allSettled(tries);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [refused] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused instanceof Conflict || refused.code === "emergency_access.reviewed_already").toBe(true);
    expect(await eventsOf(clinic.clinicId, "emergency_access.reviewed")).toHaveLength(1);
  });

  test("is reviewed by nobody else, and signed with the reviewer's own name", async () => {
    const clinic = await mintClinic();
    const { as } = clinic;
    const { useId } = await over(clinic);
    for (const who of [as.manager, as.staff, as.auditor]) await expect(review(who, useId)).rejects.toThrow(Forbidden);
    await expect(review(as.owner, useId, { typedName: "Dana Whitfield" })).rejects.toMatchObject({
      ...{ code: "emergency_access.name_differs", field: "typedName", params: { name: "Grace Okafor" } },
    });
    await review(as.owner, useId, { typedName: "grace okafor" });
  });

  test("is not reviewed by the person who had it, also when they are an officer by now", async () => {
    const clinic = await mintClinic();
    const { as } = clinic;
    const { useId } = await over(clinic);
    const seen = await seenNow(as.owner, as.manager);
    await changeRole(as.owner, { ...seen, role: "privacy_officer", reason: "Takes over." });
    const luis = { ...as.manager, actor: { ...as.manager.actor, role: "privacy_officer" } } as ClinicContext;
    expect((await getEmergencyUse(luis, { useId })).mayReview).toBe(false);
    await expect(review(luis, useId)).rejects.toMatchObject({ code: "emergency_access.own_use" });
  });

  test("is reviewed by the person who had it only where nobody else could, and is marked so", async () => {
    const clinic = await mintClinic(["owner", "manager"]);
    const { as } = clinic;
    const { useId } = await over(clinic);
    await changeRole(as.owner, { ...(await seenNow(as.owner, as.manager)), role: "owner", reason: "Buys the clinic." });
    const luis = { ...as.manager, actor: { ...as.manager.actor, role: "owner" } } as ClinicContext;
    const leaver = await seenNow(luis, as.owner);
    await deactivateMember(luis, { ...leaver, lastDay: dayFromNow(luis, 0), reason: "Sold it.", accounts: [] });
    await review(luis, useId);
    expect((await getEmergencyUse(luis, { useId })).use.review).toMatchObject({
      soleReviewer: true,
      by: "Luis Ortega",
    });
  });
});

describe("nothing joins a use that is reviewed", () => {
  const changed = { number: 1, minutesMax: 60, reviewDays: 3 };

  async function open() {
    const clinic = await mintClinic();
    await nameFor(clinic.as.owner, clinic.as.manager);
    const { useId } = await openAs(clinic.as.manager);
    const under = await nextRequest(clinic.as.manager);
    // The reviewer comes when its hour is over, and what was begun in it is not done yet.
    const reviewer = minutesAgo(clinic.as.owner, -90);
    const entered = async (tx: ClinicTx, now: Date) => {
      const ctx = await holdEmergency(tx, under, now);
      const event = { type: "emergency_rule.set" as const, id: clinic.clinicId, ...changed };
      return { value: ctx, events: await prepareEvents(tx, ctx, [event]), reactingEventIds: [] };
    };
    return { ...clinic, useId, under, reviewer, entered };
  }

  test("a review waits for what was begun under it, and counts it", async () => {
    const { as, useId, under, reviewer, entered } = await open();
    let reviewed: Promise<unknown> = Promise.resolve();
    await withClinic(under, {}, async (tx, now) => {
      const outcome = await entered(tx, now);
      let settled = false;
      reviewed = review(reviewer, useId).finally(() => {
        settled = true;
      });
      while (!settled && !(await somebodyWaits())) await setImmediate();
      return outcome;
    });
    await reviewed;
    const { use, entries } = await getEmergencyUse(as.owner, { useId });
    expect([entries, use.review?.entries]).toEqual([1, 1]);
  });

  test("what comes to it after the review is done without it", async () => {
    const { as, useId, under, reviewer, entered } = await open();
    const ctx = await withClinic(under, {}, async (tx, now) => {
      await review(reviewer, useId);
      return entered(tx, now);
    });
    expect(ctx.actor).not.toHaveProperty("emergency");
    const { use, entries } = await getEmergencyUse(as.owner, { useId });
    expect([entries, use.review?.entries]).toEqual([0, 0]);
  });

  async function somebodyWaits(): Promise<boolean> {
    const rows = await asOwner((sql) => sql("SELECT 1 AS one FROM pg_locks WHERE NOT granted LIMIT 1"));
    return rows.length > 0;
  }
});

test("a use that is open is not reviewed", async () => {
  const { as } = await mintClinic();
  await nameFor(as.owner, as.manager);
  const { useId } = await openAs(as.manager);
  await expect(review(as.owner, useId)).rejects.toMatchObject({ code: "emergency_access.still_open" });
});

test("a review waits on Today of officers, and is overdue once the days for it have passed", async () => {
  const { as } = await mintClinic();
  const days = (count: number) => count * 24 * 60;
  await nameFor(minutesAgo(as.owner, days(10)), as.manager);
  const old = await openAs(minutesAgo(as.manager, days(9)));
  const fresh = await openAs(minutesAgo(as.manager, 90));
  const states = new Map((await getEmergencyUsesPage(as.owner, {})).rows.map(({ id, state }) => [id, state]));
  expect([states.get(old.useId), states.get(fresh.useId)]).toEqual(["overdue", "to_review"]);
  expect((await getEmergencyUsesPage(as.owner, { state: ["overdue"] })).rows).toMatchObject([{ id: old.useId }]);
  expect((await getEmergencyUsesPage(as.owner, { state: ["to_review"] })).rows).toMatchObject([{ id: fresh.useId }]);
  expect((await getEmergencyUsesPage(as.owner, { state: ["open", "reviewed"] })).rows).toEqual([]);
  const { waiting } = await getToday(as.privacy_officer, {});
  expect(waiting?.emergencies.shown.map(({ useId }) => useId)).toEqual([old.useId, fresh.useId]);
  expect(waiting?.emergencies.shown[0]?.reviewBy).toBe(dayFromNow(as.owner, -6));
  await review(as.owner, old.useId);
  expect((await getToday(as.owner, {})).waiting?.emergencies.shown).toHaveLength(1);
});

test("who decides under emergency access is not shown whose other uses wait for a review", async () => {
  const clinic = await mintClinic();
  await nameFor(clinic.as.owner, clinic.as.staff);
  const { useId } = await openAs(clinic.as.staff);
  await endEmergencyAccess(clinic.as.staff, { useId });
  await nameFor(clinic.as.owner, clinic.as.manager);
  await openAs(clinic.as.manager);
  const { waiting } = await getToday(await nextRequest(clinic.as.manager), {});
  expect(waiting).toMatchObject({ emergencies: { shown: [], more: 0 } });
});

test("who decides under emergency access is not shown who leaves, and who was invited", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  await inviteMember(minutesAgo(as.owner, 9 * 24 * 60), { email: "noor@clinic.test", name: "Noor", role: "staff" });
  const leaver = await seenNow(as.owner, as.staff);
  await deactivateMember(as.owner, { ...leaver, lastDay: dayFromNow(as.owner, 5), reason: "Moves.", accounts: [] });
  await nameFor(as.owner, as.manager);
  await openAs(as.manager);
  const people = async (who: ClinicContext) => {
    const { waiting } = await getToday(who, {});
    return [waiting?.offboarding, waiting?.invitations].map((few) => few?.shown.map(({ name }) => name));
  };
  expect(await people(as.privacy_officer)).toEqual([["Maria Santos"], ["Noor"]]);
  expect(await people(await nextRequest(as.manager))).toEqual([[], []]);
});

test("the owner is not told that nothing about access is open while a use waits for its review", async () => {
  const clinic = await mintClinic();
  const reasons = async () => {
    const { readiness } = await getToday(clinic.as.owner, {});
    return readiness?.find(({ area }) => area === "people")?.reasons ?? [];
  };
  const { useId } = await over(clinic);
  expect(await reasons()).toContainEqual({
    ...{ code: "emergencies", count: 1, path: "/people/emergency-access?state=to_review&state=overdue" },
  });
  await review(clinic.as.owner, useId);
  expect((await reasons()).map(({ code }) => code)).not.toContain("emergencies");
});

test("every officer is told as soon as it is open, with a notice and with mail that says no word of the reason", async () => {
  const { as, clinicId, system } = await mintClinic();
  await nameFor(as.owner, as.manager);
  const before = (await jobsOf(clinicId)).length;
  const { useId } = await openAs(as.manager);
  expect(await jobsOf(clinicId)).toHaveLength(before + 1);
  const told = { kind: "emergency_access", subjectId: useId } as const;
  expect(await giveNotice(system, told)).toEqual({ told: 2 });
  expect(await giveNotice(system, told)).toEqual({ told: 0 });
  for (const officer of [as.owner, as.privacy_officer]) {
    expect((await getToday(officer, {})).notices).toMatchObject([
      { kind: "emergency_access", member: "Luis Ortega", use: "emergency" },
    ]);
  }
  expect((await getToday(as.manager, {})).notices).toEqual([]);
  const { rows } = await getOutboxPage(as.owner, {});
  expect(rows.map(({ kind, member }) => [kind, member]).sort()).toEqual([
    ["emergency_access", "Dana Whitfield"],
    ["emergency_access", "Grace Okafor"],
  ]);
  expect(rows[0]?.link).toMatch(new RegExp(`/people/emergency-access/${useId}$`));
});

test("people see their own uses and nobody else's; officers and auditors see them all", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  const { useId } = await over(clinic);
  expect((await getEmergencyUse(as.manager, { useId })).use.id).toBe(useId);
  expect((await getEmergencyUse(as.manager, { useId })).events).toEqual([]);
  await expect(getEmergencyUse(as.staff, { useId })).rejects.toThrow(NotFound);
  expect((await getEmergencyUsesPage(as.staff, {})).total).toBe(0);
  expect((await getEmergencyUse(as.auditor, { useId })).events).toHaveLength(2);
  expect((await getEmergencyUsesPage(as.auditor, { q: "ortega" })).total).toBe(1);
  expect((await getEmergencyUsesPage(as.auditor, { q: "whitfield" })).total).toBe(0);
});

test("a page of it reads the names that it shows, and nobody else's", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  const { useId } = await over(clinic);
  expect(Object.values((await getEmergencyUse(as.auditor, { useId })).names)).toEqual(["Luis Ortega"]);
  expect((await getEmergencyUse(as.manager, { useId })).names).toEqual({});
  const nameable = async (who: ClinicContext) => (await getEmergencyPeoplePage(who, {})).nameable;
  expect((await nameable(as.owner)).map(({ name }) => name)).toEqual(["Luis Ortega", "Maria Santos"]);
  for (const who of [as.privacy_officer, as.auditor]) expect(await nameable(who)).toEqual([]);
});
