import type { EndedEmergency, NamingState, UseState } from "#lib/domain/clinic/emergency-access/schema.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { addDays, type CalendarDate, calendarDateIn, endOfDayIn } from "#lib/kernel/dates.ts";
import { type Refusal, refuse } from "#lib/kernel/errors.ts";
import { anyOf } from "#lib/kernel/list-text.ts";

type UseTimes = { readonly endsAt: Date; readonly endedAt: Date | null };

/** When a use was over, by itself or before; null while it is open. */
export function overAt({ endsAt, endedAt }: UseTimes, now: Date): Date | null {
  if (endedAt !== null) return endedAt;
  return endsAt <= now ? endsAt : null;
}

type Clock = { readonly timeZone: string; readonly now: Date };

/** The last day on which the review of a use that is over then is not late. */
export function reviewByOf(over: Date, reviewDays: number, timeZone: string): CalendarDate {
  return addDays(calendarDateIn(timeZone, over), reviewDays);
}

type Standing = UseTimes & { readonly reviewBy: CalendarDate; readonly reviewed: boolean };

export function stateOfUse({ reviewBy, reviewed, ...times }: Standing, now: Date, today: CalendarDate): UseState {
  if (reviewed) return "reviewed";
  if (overAt(times, now) === null) return "open";
  return reviewBy < today ? "overdue" : "to_review";
}

type Naming = {
  readonly fromOn: CalendarDate;
  readonly toOn: CalendarDate | null;
  readonly endedAt: Date | null;
  /** Whether the person is a member still, with a role that may open it. */
  readonly mayOpen: boolean;
};

/** Where a naming stands today: both its days included. */
export function namingState({ fromOn, toOn, endedAt, mayOpen }: Naming, today: CalendarDate): NamingState {
  if (endedAt !== null) return "ended";
  if (toOn !== null && toOn < today) return "over";
  if (!mayOpen) return "lapsed";
  return fromOn > today ? "not_started" : "in_force";
}

/** Refuses to name somebody who needs none, and an auditor, who changes nothing. */
export function assertMayBeNamed({ name, role }: { readonly name: string; readonly role: Role }): void {
  if (role === "auditor") throw refuse("emergency_access.auditor", { name }, "memberId");
  if (role === "owner" || role === "privacy_officer") throw refuse("emergency_access.officer", { name }, "memberId");
}

/** The last day on which somebody may open it: of the naming or of the membership, whichever is first. */
export function lastDayOf(toOn: CalendarDate | null, memberEndedOn: CalendarDate | null): CalendarDate | null {
  if (toOn === null || memberEndedOn === null) return toOn ?? memberEndedOn;
  return toOn < memberEndedOn ? toOn : memberEndedOn;
}

/** The end of a use: after its minutes, and no later than the last day on which the person may open one. */
export function endOfUse(
  { minutes, lastDay }: { readonly minutes: number; readonly lastDay: CalendarDate | null },
  { timeZone, now }: Clock,
): Date {
  const end = new Date(now.getTime() + minutes * 60_000);
  if (lastDay === null) return end;
  const lastMoment = endOfDayIn(timeZone, lastDay);
  return lastMoment < end ? lastMoment : end;
}

type Reviewer = {
  readonly reviewerId: string;
  readonly userId: string;
  /** Everybody who could review it today. */
  readonly reviewerIds: readonly string[];
};

/**
 * Refuses to review what one did oneself, unless nobody else could: who opened it may have become an officer since.
 * Returns whether the review is its sole reviewer's.
 */
export function reviewsAlone({ reviewerId, userId, reviewerIds }: Reviewer): boolean {
  if (reviewerId !== userId) return false;
  if (reviewerIds.some((id) => id !== reviewerId)) throw refuse("emergency_access.own_use");
  return true;
}

/** A review is signed with the reviewer's own name, whatever its case and accents. */
export function assertSignedAs(typedName: string, name: string): void {
  if (foldForSearch(typedName) !== foldForSearch(name))
    throw refuse("emergency_access.name_differs", { name }, "typedName");
}

/** Why somebody may not do any more what emergency access let them do a moment ago, and the way on. */
export function endedRefusal(
  { overAt, mayOpen, leaders }: EndedEmergency,
  { locale, timeZone }: Pick<ClinicContext, "locale" | "timeZone">,
): Refusal {
  const said = { at: momentText(overAt, locale, timeZone), people: anyOf(leaders, locale) };
  return refuse(mayOpen ? "emergency_access.has_ended" : "emergency_access.has_ended_for_good", said);
}
