import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { settleOffboarding } from "#lib/domain/clinic/people/commands/settle-offboarding.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { describeClinic } from "#lib/domain/clinic/settings/commands/describe-clinic.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { daysBefore } from "#scripts/days-before.ts";
import { furtherPeople } from "#scripts/demo-people.ts";
import type { OpenedClinic } from "#scripts/open-clinic.ts";

/** What Harbor is, where it is, who holds its offices, and who works where. */
export async function keepHarborsRoster(clinic: OpenedClinic, now: Date): Promise<void> {
  const { as } = clinic;
  const owner = (days: number) => as("owner", daysBefore(now, days));
  await describeClinic(owner(59), {
    ...{ version: 1, legalName: "Harbor Family Clinic, PLLC", timeZone: "America/New_York", states: "MA, NH" },
    address: "12 Harbor Street\nGloucester, MA 01930",
    ...{ federalFunds: "yes", part2Program: "no", behavioralHealth: "yes", treatsMinors: "yes" },
  });
  const harbor = await addLocation(owner(59), { name: "Harbor Street", address: "12 Harbor Street, Gloucester, MA" });
  const mill = await addLocation(owner(59), { name: "Mill Road", address: "4 Mill Road, Rockport, MA" });
  const telehealth = await addLocation(owner(59), { name: "Telehealth", address: "" });
  const memberId = actingMemberId(as("privacy_officer", now)) ?? "";
  const fromOn = calendarDateIn("America/New_York", daysBefore(now, 59));
  const duties = {
    privacy_official: "Keeps the policies and the register of AI tools, and answers for them.",
    security_official: "Keeps the risk analysis, and who has access to what.",
    contact: "Takes complaints and questions about privacy, by phone and at the front desk.",
  } as const;
  for (const office of ["privacy_official", "security_official", "contact"] as const) {
    await designateOfficer(owner(58), { office, memberId, fromOn, duties: duties[office] });
  }
  const placed = [
    { who: "luis", locationId: harbor.locationId, jobTitle: "Front desk manager", tracks: "Front desk" },
    { who: "maria", locationId: harbor.locationId, jobTitle: "Registered nurse", tracks: "Clinical" },
    { who: "ben", locationId: mill.locationId, jobTitle: "Nurse practitioner", tracks: "Clinical" },
    { who: "amara", locationId: harbor.locationId, jobTitle: "Billing specialist", tracks: "Billing" },
    { who: "james", locationId: mill.locationId, jobTitle: "Receptionist", tracks: "Front desk" },
  ] as const;
  for (const { who, ...described } of placed) {
    const member = actingMemberId(as(who, now)) ?? "";
    await describeMember(owner(57), { memberId: member, version: 1, workforceType: "employee", ...described });
  }
  const places = { harbor: harbor.locationId, mill: mill.locationId, telehealth: telehealth.locationId };
  for (const { joins, place, ...person } of furtherPeople(calendarDateIn("America/New_York", now)))
    await clinic.invite(owner(joins), { ...person, locationId: places[place] });
  await changeJamesesDuties(clinic, now);
  await inviteMember(owner(2), {
    ...{ email: "noah.kim@harbor-family.example", name: "Noah Kim", role: "staff", workforceType: "student" },
    ...{ jobTitle: "Nursing student", locationId: harbor.locationId, tracks: "Clinical" },
  });
}

// A manager for the weeks in which nobody else kept the front desk, and staff again since.
async function changeJamesesDuties({ as }: OpenedClinic, now: Date): Promise<void> {
  const memberId = actingMemberId(as("james", now)) ?? "";
  const steps = [
    { days: 48, role: "manager", reason: "Keeps the front desk at Mill Road until Luis is back." },
    { days: 30, role: "staff", reason: "Luis is back." },
  ] as const;
  for (const { days, role, reason } of steps) {
    const ctx = as("owner", daysBefore(now, days));
    const { member } = await getMemberPage(ctx, { memberId });
    await changeRole(ctx, { memberId, version: member.version, role, reason });
  }
}

/** Out since the day she left; one thing that was hers is still to be seen to. */
export async function letTheContractorGo({ as }: OpenedClinic, now: Date): Promise<void> {
  const ctx = as("privacy_officer", daysBefore(now, 8));
  const memberId = actingMemberId(as("vera.lang", now)) ?? "";
  const { member } = await getMemberPage(ctx, { memberId });
  await deactivateMember(ctx, {
    ...{ memberId, version: member.version, lastDay: calendarDateIn("America/New_York", daysBefore(now, 8)) },
    reason: "The new website is finished.",
    accounts: "ChatGPT Business\nWebsite's content system",
  });
  const [ending] = (await getMemberPage(ctx, { memberId })).endings;
  if (ending === undefined) throw new Error("nothing to see to");
  await settleOffboarding(as("privacy_officer", daysBefore(now, 7)), {
    ...{ endingId: ending.id, version: ending.version },
    items: ending.items.map(({ position, kind, subject }) => ({
      position,
      ...(kind === "keys"
        ? { state: "not_needed" as const, note: "She never had any." }
        : { state: subject.startsWith("Website") ? ("open" as const) : ("done" as const), note: "" }),
    })),
  });
}
