import type { MemberState } from "#lib/domain/clinic/people/schema.ts";
import type { Office, OfficeWarning } from "#lib/domain/clinic/settings/schema.ts";
import type { Role } from "#lib/domain/context.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

type Term = { readonly fromOn: CalendarDate; readonly toOn: CalendarDate | null };

/** Whether somebody holds an office on the day: both days included. */
export function holdsOn({ fromOn, toOn }: Term, day: CalendarDate): boolean {
  return fromOn <= day && (toOn === null || toOn >= day);
}

// Whose role lets them do in Wardbook what the privacy official has to.
const ROLES_OF_PRIVACY: readonly Role[] = ["privacy_officer", "owner"];

/** What is wrong with how an office is held today: nobody holds it, who does goes, or their role says something else. */
export function officeWarnings(
  office: Office,
  holder: { readonly role: Role; readonly state: MemberState } | null,
): OfficeWarning[] {
  if (holder === null) return ["vacant"];
  if (holder.state === "left") return ["left"];
  const apart = office === "privacy_official" && !ROLES_OF_PRIVACY.includes(holder.role);
  return [...(holder.state === "leaving" ? (["leaving"] as const) : []), ...(apart ? (["role_apart"] as const) : [])];
}

/** Refuses a term that does not begin after that of the one who held the office before. */
export function assertFollows(fromOn: CalendarDate, previous: Term | null): void {
  if (previous === null) return;
  const latest = previous.toOn ?? previous.fromOn;
  if (fromOn <= latest) throw refuse("designation.before_predecessor", {}, "fromOn");
}
