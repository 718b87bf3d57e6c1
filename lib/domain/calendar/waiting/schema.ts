import type { OpenVerdict } from "#lib/domain/clinic/access-reviews/schema.ts";
import type { EmergencyKind } from "#lib/domain/clinic/emergency-access/schema.ts";
import type { Office, OfficeWarning } from "#lib/domain/clinic/settings/schema.ts";
import type { MailKind } from "#lib/domain/notifications/outbox/schema.ts";
import type { StandingReason } from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// What waits for a decision is derived from the records of other domains at each look, and kept nowhere. A new kind is a
// row here, a reader in store.ts, a line in rules.ts and its words in messages/<locale>/calendar.json.

/** How many of each kind the page names before it counts the rest. */
export const WAITING_SHOWN_MAX = 8;
/** A review date this near is said in advance. */
export const REVIEW_SOON_DAYS = 30;

type ToolNamed = { readonly toolId: string; readonly product: string; readonly surface: string };

/** The first few, and how many more there are. */
export type Few<T> = { readonly shown: readonly T[]; readonly more: number };

/** What one of each kind is. Of what is equally urgent, the kinds come in this order. */
export type WaitingRows = {
  /** Approvals for patient data that something stands in the way of today. */
  unbacked: ToolNamed & { readonly reason: StandingReason };
  /** People who leave or have left, with what has not been seen to. */
  offboarding: {
    readonly memberId: string;
    readonly name: string;
    readonly lastDay: CalendarDate;
    readonly open: number;
  };
  /** BAAs that run out within RUNNING_OUT_DAYS, and how many tools each leaves without cover. */
  baas: {
    readonly baaId: string;
    readonly vendorId: string;
    readonly vendor: string;
    readonly reference: string;
    readonly until: CalendarDate;
    readonly losing: number;
  };
  requests: {
    readonly requestId: string;
    readonly product: string;
    readonly requestedBy: string;
    readonly requestedAt: Date;
  };
  narrowings: ToolNamed & {
    readonly proposedBy: string;
    readonly proposedAt: Date;
    readonly own: "no" | "needs_another" | "enough";
  };
  reviews: ToolNamed & { readonly reviewOn: CalendarDate };
  worksheets: ToolNamed & { readonly worksheetId: string; readonly reverifyOn: CalendarDate };
  /** Uses of emergency access that are over and not reviewed. */
  emergencies: {
    readonly useId: string;
    readonly member: string;
    readonly kind: EmergencyKind;
    readonly reviewBy: CalendarDate;
  };
  /** The review of everybody's access that is due soon, or open. */
  accessReviews: {
    readonly dueOn: CalendarDate;
    readonly open: { readonly reviewId: string; readonly undecided: number } | null;
  };
  /** What the newest signed review decided of somebody's access, and nobody has carried out yet. */
  accessVerdicts: OpenVerdict;
  /** Offices that nobody holds, or whose holder goes or has another role. */
  offices: { readonly office: Office; readonly warning: OfficeWarning; readonly name: string };
  /** Mail that went nowhere and was not sent again. */
  mail: { readonly messageId: string; readonly kind: MailKind; readonly member: string; readonly failedAt: Date };
  /** Invitations that ran out before anybody used them. */
  invitations: { readonly invitationId: string; readonly name: string; readonly expiredAt: Date };
  underReview: ToolNamed & { readonly vendor: string; readonly since: Date };
};

export type WaitingKind = keyof WaitingRows;

/** What waits, by kind; and how many tools have an entry in the catalogue that is newer than what the clinic adopted. */
export type Waiting = WaitingLists & { readonly updates: number };
export type WaitingLists = { readonly [K in WaitingKind]: Few<WaitingRows[K]> };

/** How a thing's own line says since when it waits, or until when there is time. */
export type WaitingLine = {
  readonly kind: WaitingKind;
  readonly key: string;
  /** The page that sees to it, below the clinic's address. */
  readonly path: string;
  /** Its name as the records have it; an office is named by its code. */
  readonly subject: string;
  readonly detail: { readonly key: string; readonly params: Readonly<Record<string, string | number>> } | null;
  readonly when: { readonly since: Date } | { readonly until: CalendarDate } | null;
  /** The day from which it presses like something overdue. */
  readonly pressesOn: CalendarDate;
};

export const URGENCIES = ["now", "soon", "later"] as const;
export type Urgency = (typeof URGENCIES)[number];
