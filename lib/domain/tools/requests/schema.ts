// A request is open until an officer answers it, once: granted, refused, or pointed to another tool. Its requester may
// withdraw it while it is open. An answer is never changed; who wants to ask again makes a new request.

/** What would be typed into the tool: nothing about patients, de-identified data, patient data. */
export const GOES_IN = ["nothing", "deidentified", "phi"] as const;
export type GoesIn = (typeof GOES_IN)[number];

export const REQUEST_STATUSES = ["open", "granted", "refused", "use_instead", "withdrawn"] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];
