/** Events that something follows from. Only these enqueue a job; `reactions.ts` says what follows, a test compares the two. */
export const REACTING_EVENTS: ReadonlySet<string> = new Set(["evidence.requested"]);
