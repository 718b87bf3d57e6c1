import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { endEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/end-emergency-access.ts";
import { endEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/end-emergency-person.ts";
import { reviewEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/review-emergency-access.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getOutboxPage } from "#lib/domain/notifications/outbox/queries.ts";
import { REACTIONS } from "#lib/domain/reactions.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";
import { dayFromNow, seenNow } from "#tests/support/roster.ts";

const SECRET = "Works mornings now.";

/** What follows from the clinic's events of a type, twice: a job may run again. */
async function follow({ clinicId, system }: TestClinic, type: string): Promise<void> {
  for (const { body } of await eventsOf(clinicId, type)) {
    await REACTIONS[type]?.(system, { objectId: body.object.id });
    await REACTIONS[type]?.(system, { objectId: body.object.id });
  }
}

async function toldOf(who: ClinicContext) {
  return (await getToday(who, {})).notices;
}

async function mailed({ as }: TestClinic) {
  const { rows } = await getOutboxPage(as.owner, {});
  return rows.map(({ kind, member, link }) => [kind, member, new URL(link).pathname.split("/").slice(3).join("/")]);
}

test("who is named for emergency access is told once, with a notice and with mail, and nobody else is", async () => {
  const clinic = await mintClinic();
  const { owner, manager, privacy_officer } = clinic.as;
  await nameFor(owner, manager);
  await follow(clinic, "emergency_person.named");
  expect(await toldOf(manager)).toMatchObject([
    { kind: "emergency_named", by: "Grace Okafor", fromOn: dayFromNow(owner, 0) },
  ]);
  for (const other of [owner, privacy_officer]) expect(await toldOf(other)).toEqual([]);
  expect(await mailed(clinic)).toEqual([["emergency_named", "Luis Ortega", "people/emergency-access"]]);
});

test("who is taken off the list is told by whom, without the reason", async () => {
  const clinic = await mintClinic();
  const { owner, manager } = clinic.as;
  const { personId } = await nameFor(owner, manager);
  await endEmergencyPerson(owner, { personId, reason: SECRET });
  await follow(clinic, "emergency_person.ended");
  const told = await toldOf(manager);
  expect(told).toMatchObject([{ kind: "emergency_unnamed", by: "Grace Okafor" }]);
  expect(JSON.stringify(told)).not.toContain(SECRET);
  expect(await mailed(clinic)).toEqual([["emergency_unnamed", "Luis Ortega", "people/emergency-access"]]);
});

test("who has left is written to of no list", async () => {
  const clinic = await mintClinic();
  const { owner, manager } = clinic.as;
  await nameFor(owner, manager);
  const lastDay = dayFromNow(owner, 0);
  await deactivateMember(owner, { ...(await seenNow(owner, manager)), lastDay, reason: "Moves away.", accounts: [] });
  await follow(clinic, "emergency_person.ended");
  expect(await mailed(clinic)).toEqual([]);
});

test("whose use was reviewed is told by whom, and led to the review", async () => {
  const clinic = await mintClinic();
  const { owner, manager, privacy_officer: dana } = clinic.as;
  await nameFor(owner, manager);
  const { useId } = await openAs(manager);
  await endEmergencyAccess(await nextRequest(manager), { useId });
  const found = { justified: "yes", done: SECRET, followUp: "", typedName: "Dana Whitfield" } as const;
  await reviewEmergencyAccess(dana, { useId, ...found });
  await follow(clinic, "emergency_access.reviewed");
  const told = await toldOf(manager);
  expect(told).toMatchObject([{ kind: "emergency_reviewed", by: "Dana Whitfield", subjectId: useId }]);
  expect(JSON.stringify(told)).not.toContain(SECRET);
  expect(await mailed(clinic)).toEqual([["emergency_reviewed", "Luis Ortega", `people/emergency-access/${useId}`]]);
});
