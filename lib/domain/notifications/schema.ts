/** What a person is told of. The subject of each is named in its comment. */
export const NOTICE_KINDS = [
  /** a BAA that ran out */
  "baa_lapsed",
  /** a tool request that was answered */
  "request_answered",
  /** a tool request that waits for an answer */
  "request_received",
  /** a policy version that is to be signed */
  "policy_issued",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
