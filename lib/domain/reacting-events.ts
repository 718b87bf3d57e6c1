/** Events that something follows from. Only these enqueue a job; `reactions.ts` says what follows, a test compares the two. */
export const REACTING_EVENTS: ReadonlySet<string> = new Set([
  "evidence.requested",
  "baa.lapsed",
  "tool_request.granted",
  "tool_request.refused",
  "tool_request.pointed_elsewhere",
  "policy.issued",
  "member.factors_reset",
]);
