import type { EmergencyKind } from "#lib/domain/clinic/emergency-access/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";

// A notice tells a person of something that happened while they were away, until they put it away. What waits for them
// to do is derived from records and needs no notice.

/**
 * Subject: the BAA that ran out; the tool request that was answered, or whose answer was taken back; the use of emergency
 * access, opened or reviewed; the naming that lets somebody open it; the taking away of somebody's second step; what was
 * done to somebody's account: linked with a provider, or opened again from the server.
 */
export const NOTICE_KINDS = [
  "baa_lapsed",
  "request_answered",
  "request_reopened",
  "emergency_access",
  "emergency_named",
  "emergency_unnamed",
  "emergency_reviewed",
  "factors_reset",
  "provider_linked",
  "account_reset",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A notice as its reader's first page shows it. */
export type NoticeShown = {
  readonly id: string;
  readonly givenAt: Date;
  readonly subjectId: string;
} & (
  | {
      readonly kind: "baa_lapsed";
      readonly vendorId: string;
      readonly vendor: string;
      readonly lastDay: CalendarDate;
      /** Tools that it named and that nothing covers now. */
      readonly tools: ReadonlyArray<{ readonly id: string; readonly product: string; readonly surface: string }>;
    }
  // Whether the reader asked for it; else they joined.
  | { readonly kind: "request_answered"; readonly product: string; readonly isOwn: boolean }
  | { readonly kind: "request_reopened"; readonly product: string; readonly isOwn: boolean }
  | { readonly kind: "emergency_access"; readonly member: string; readonly use: EmergencyKind }
  | { readonly kind: "emergency_named"; readonly by: string; readonly fromOn: CalendarDate }
  | { readonly kind: "emergency_unnamed"; readonly by: string }
  | { readonly kind: "emergency_reviewed"; readonly by: string }
  | {
      readonly kind: "factors_reset";
      readonly by: string;
      readonly member: string;
      /** Whether it is the reader's own. */
      readonly isOwn: boolean;
    }
  | { readonly kind: "provider_linked"; readonly provider: ProviderKey }
  | { readonly kind: "account_reset"; readonly member: string; readonly isOwn: boolean }
);
