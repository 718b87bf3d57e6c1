/** Events that something follows from. Only these enqueue a job; `reactions.ts` says what follows, a test compares the two. */
export const REACTING_EVENTS: ReadonlySet<string> = new Set([
  "evidence.requested",
  "baa.lapsed",
  "tool_request.granted",
  "tool_request.refused",
  "tool_request.pointed_elsewhere",
  "tool_request.reopened",
  "member.invited",
  "emergency_access.opened",
  "emergency_access.reviewed",
  "emergency_person.named",
  "emergency_person.ended",
  "policy.issued",
  "member.factors_reset",
  "account.provider_linked",
  "account.reset_by_operator",
]);

/** Of these one job follows from a change, however many it leaves: what follows looks at all of them. */
const REACTED_TO_ONCE: ReadonlySet<string> = new Set(["member.invited"]);

type Sealed = { readonly id: string; readonly type: string };

/** The events of one change that enqueue a job. */
export function reactingEventIds(events: readonly Sealed[]): string[] {
  const seen = new Set<string>();
  return events.flatMap(({ id, type }) => {
    if (!REACTING_EVENTS.has(type) || (REACTED_TO_ONCE.has(type) && seen.has(type))) return [];
    seen.add(type);
    return [id];
  });
}
