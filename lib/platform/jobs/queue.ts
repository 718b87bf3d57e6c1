/** The one queue: what follows from an event. A job carries ids only; the worker reads the event itself. */
export const REACTIONS_QUEUE = "reactions";

export type ReactionJob = { readonly clinicId: string; readonly eventId: string };
