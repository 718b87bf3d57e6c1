import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { describeClinic } from "#lib/domain/clinic/settings/commands/describe-clinic.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { daysBefore } from "#scripts/days-before.ts";
import type { OpenedClinic } from "#scripts/open-clinic.ts";

/** What Harbor is, where it is, who holds its offices, and who works where. */
export async function keepHarborsRoster({ as }: OpenedClinic, now: Date): Promise<void> {
  const owner = (days: number) => as("owner", daysBefore(now, days));
  await describeClinic(owner(59), {
    ...{ version: 1, legalName: "Harbor Family Clinic, PLLC", timeZone: "America/New_York", states: "MA, NH" },
    address: "12 Harbor Street\nGloucester, MA 01930",
    ...{ federalFunds: "yes", part2Program: "no", behavioralHealth: "yes", treatsMinors: "yes" },
  });
  const harbor = await addLocation(owner(59), { name: "Harbor Street", address: "12 Harbor Street, Gloucester, MA" });
  const mill = await addLocation(owner(59), { name: "Mill Road", address: "4 Mill Road, Rockport, MA" });
  await addLocation(owner(59), { name: "Telehealth", address: "" });
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
    { who: "maria", locationId: harbor.locationId, jobTitle: "Registered nurse", tracks: "Clinical" },
    { who: "ben", locationId: mill.locationId, jobTitle: "Nurse practitioner", tracks: "Clinical" },
    { who: "amara", locationId: harbor.locationId, jobTitle: "Billing specialist", tracks: "Billing" },
    { who: "james", locationId: mill.locationId, jobTitle: "Receptionist", tracks: "Front desk" },
  ] as const;
  for (const { who, ...described } of placed) {
    const member = actingMemberId(as(who, now)) ?? "";
    await describeMember(owner(57), { memberId: member, version: 1, workforceType: "employee", ...described });
  }
  await inviteMember(owner(2), {
    ...{ email: "noah.kim@harbor-family.example", name: "Noah Kim", role: "staff", workforceType: "student" },
    ...{ jobTitle: "Nursing student", locationId: harbor.locationId, tracks: "Clinical" },
  });
}
