import { describe, expect, test } from "vitest";
import { explainForbidden } from "#app/explain-forbidden.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { endEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/end-emergency-access.ts";
import { endEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/end-emergency-person.ts";
import { getOpenEmergencyForm } from "#lib/domain/clinic/emergency-access/queries.ts";
import { getLeaders } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { Forbidden, Refusal } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { minutesAgo, nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";
import { memberIdOf } from "#tests/support/roster.ts";
import { typedTool } from "#tests/support/tools.ts";

/** What a form of this person's is told that registers a tool. */
async function toldOnRegistering(who: ClinicContext): Promise<unknown> {
  return registerTool(who, typedTool("Tidewater Notes")).catch((error) => explainForbidden(who, error));
}

async function opened() {
  const clinic = await mintClinic();
  const { owner, manager } = clinic.as;
  const { personId } = await nameFor(owner, manager);
  const { useId } = await openAs(manager);
  return { ...clinic, personId, useId, under: await nextRequest(manager) };
}

describe("who sends a form after their emergency access is over", () => {
  test("is told when it ended and that they may open it again, also where the page had it still", async () => {
    const { as, useId, under } = await opened();
    await endEmergencyAccess(as.owner, { useId });
    for (const who of [under, await nextRequest(as.manager)]) {
      const told = await toldOnRegistering(who);
      expect(told).toBeInstanceOf(Refusal);
      expect(told).toMatchObject({
        ...{ code: "emergency_access.has_ended", field: undefined },
        params: { people: "Grace Okafor or Dana Whitfield" },
      });
    }
  });

  test("is told the moment at which its time was over, in their own language and the clinic's time", async () => {
    const { as } = await mintClinic();
    await nameFor(minutesAgo(as.owner, 80), as.manager);
    const { endsAt } = await openAs(minutesAgo(as.manager, 70), { minutes: 60 });
    const at = momentText(endsAt, "es", as.manager.timeZone);
    expect(await toldOnRegistering({ ...as.manager, locale: "es" })).toMatchObject({ params: { at } });
  });

  test("is told whom to ask where they have been taken off the list", async () => {
    const { as, personId } = await opened();
    await endEmergencyPerson(as.owner, { personId, reason: "Works mornings now." });
    expect(await toldOnRegistering(as.manager)).toMatchObject({ code: "emergency_access.has_ended_for_good" });
  });

  test("is told of their role where emergency access never gave it, and where they never had one", async () => {
    const { as, useId } = await opened();
    await endEmergencyAccess(as.owner, { useId });
    const inviting = await inviteMember(as.manager, { email: "a@b.test", name: "Noor Haddad", role: "staff" }).catch(
      (error) => explainForbidden(as.manager, error),
    );
    expect(inviting).toBeInstanceOf(Forbidden);
    expect(await toldOnRegistering(as.staff)).toBeInstanceOf(Forbidden);
  });

  test("is told of their role a day after it was over", async () => {
    const { as } = await mintClinic();
    const [named, opening] = [26 * 60, 25 * 60 + 10];
    await nameFor(minutesAgo(as.owner, named), as.manager);
    await openAs(minutesAgo(as.manager, opening), { minutes: 60 });
    expect(await toldOnRegistering(as.manager)).toBeInstanceOf(Forbidden);
  });
});

test("who may not open it is told by name who can act: owners first, then privacy officers", async () => {
  const { as } = await mintClinic();
  expect((await getOpenEmergencyForm(as.manager, {})).leaders).toEqual(["Grace Okafor", "Dana Whitfield"]);
  expect(await getLeaders(as.staff, {})).toEqual([
    { id: memberIdOf(as.owner), name: "Grace Okafor", role: "owner" },
    { id: memberIdOf(as.privacy_officer), name: "Dana Whitfield", role: "privacy_officer" },
  ]);
});
