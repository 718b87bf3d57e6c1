import type { ExceptionState, GrantObstacle } from "#lib/domain/tools/exceptions/schema.ts";
import type { DeepseekRelation, Status } from "#lib/domain/tools/schema.ts";
import { addDays, type CalendarDate, daysBetween } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** No law sets it: what lasts longer than this is no exception, and asks for a decision. */
export const EXCEPTION_DAYS_MAX = { days: 90, source: "clinic rule" } as const;

export type ExceptedTool = {
  readonly product: string;
  readonly surface: string;
  readonly status: Status;
  readonly deepseek: DeepseekRelation;
  readonly deepseekNarrowed: boolean;
};

/** Why no exception can be made from what holds for a tool; null where one can. */
export function obstacleTo(tool: ExceptedTool): GrantObstacle | null {
  if (tool.deepseek === "own") return "deepseek_own";
  if (tool.deepseek === "hosted" && !tool.deepseekNarrowed) return "deepseek_not_narrowed";
  if (tool.status === "retired") return "retired";
  return tool.status === "prohibited" || tool.status === "needs_review" ? null : "not_needed";
}

export type Term = { readonly startsOn: CalendarDate; readonly endsOn: CalendarDate };

/** Refuses an exception that the rules forbid, saying which rule and the way on. */
export function assertMayExcept(tool: ExceptedTool, term: Term, today: CalendarDate): void {
  const names = { product: tool.product, surface: tool.surface };
  const obstacle = obstacleTo(tool);
  if (obstacle === "deepseek_own") throw refuse("tool_exception.deepseek_own", names);
  if (obstacle === "deepseek_not_narrowed") throw refuse("tool_exception.deepseek_not_narrowed", names);
  if (obstacle === "retired") throw refuse("tool_exception.retired", names);
  if (obstacle === "not_needed") throw refuse("tool_exception.not_needed", names);
  assertTerm(term, today);
}

function assertTerm({ startsOn, endsOn }: Term, today: CalendarDate): void {
  const { days } = EXCEPTION_DAYS_MAX;
  if (startsOn < today) throw refuse("tool_exception.starts_in_past", { today }, "startsOn");
  const latestStart = addDays(today, days);
  if (startsOn > latestStart) throw refuse("tool_exception.starts_too_late", { latest: latestStart, days }, "startsOn");
  if (endsOn < startsOn) throw refuse("tool_exception.ends_before_start", { starts: startsOn }, "endsOn");
  const latest = latestEnd(startsOn);
  if (endsOn > latest) throw refuse("tool_exception.too_long", { latest, days }, "endsOn");
}

/** The last day that an exception can have which begins on this one: both count. */
export function latestEnd(startsOn: CalendarDate): CalendarDate {
  return addDays(startsOn, EXCEPTION_DAYS_MAX.days - 1);
}

/**
 * Nobody lifts a prohibition for themselves, or for a role that they have, while somebody else could. Returns whether it
 * is granted by its sole decider.
 */
export function grantsAlone(people: {
  readonly granterId: string;
  readonly granterRole: string | null;
  readonly memberId: string | null;
  readonly role: string | null;
  readonly deciders: readonly string[];
}): boolean {
  const { granterId, granterRole, memberId, role, deciders } = people;
  const isOwn = memberId === granterId || (role !== null && role === granterRole);
  if (!isOwn) return false;
  if (deciders.some((decider) => decider !== granterId)) throw refuse("tool_exception.own");
  return true;
}

/** What an exception is on a day; a withdrawn one counts for nothing whatever its days. */
export function exceptionState(
  exception: Term & { readonly withdrawnAt: Date | null },
  today: CalendarDate,
): ExceptionState {
  if (exception.withdrawnAt !== null) return "withdrawn";
  if (exception.endsOn < today) return "ended";
  return exception.startsOn > today ? "upcoming" : "in_force";
}

/** Days from today until its last day, where that is today or tomorrow; null while there is time. */
export function lastDays(exception: Term, today: CalendarDate): 0 | 1 | null {
  const left = daysBetween(today, exception.endsOn);
  return left === 0 || left === 1 ? left : null;
}

/** Whether two terms share a day. */
export function overlap(one: Term, other: Term): boolean {
  return one.startsOn <= other.endsOn && other.startsOn <= one.endsOn;
}
