import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import type { TestClinic } from "#tests/support/clinic.ts";
import { asSuperuser } from "#tests/support/sql.ts";

/** The clinic's calendar date so many days from today. */
export function dayFromNow({ timeZone }: ClinicContext, days: number): string {
  return addDays(calendarDateIn(timeZone, new Date()), days);
}

/** Who acts in a context of the tests. */
export function memberIdOf({ actor }: ClinicContext): string {
  if (actor.kind !== "member") throw new Error("only members have an id");
  return actor.memberId;
}

/** A member and the version of them that a page just read, as its forms send them back. */
export async function seenNow(by: ClinicContext, who: ClinicContext): Promise<{ memberId: string; version: number }> {
  const { member } = await getMemberPage(by, { memberId: memberIdOf(who) });
  return { memberId: member.id, version: member.version };
}

/** The member of that role begins and ends so many days from today. */
export function serving(clinic: TestClinic, role: Role, from: number, to: number | null): Promise<unknown> {
  return asSuperuser((sql) =>
    sql(
      `UPDATE member SET started_on = (now() AT TIME ZONE 'America/New_York')::date + $3::int,
         ended_on = (now() AT TIME ZONE 'America/New_York')::date + $4::int WHERE clinic_id = $1 AND role = $2`,
      [clinic.clinicId, role, from, to],
    ),
  );
}
