import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";

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
