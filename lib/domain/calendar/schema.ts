import type { EmergencyKind } from "#lib/domain/clinic/emergency-access/schema.ts";
import type { NoticeShown } from "#lib/domain/notifications/schema.ts";
import type { StandingReason, Status } from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// What waits for whom is derived from the records of other domains at each look, and kept nowhere.

/** How many of each kind the page names before it counts the rest. */
export const WAITING_SHOWN_MAX = 8;
/** A review date this near is said in advance. */
export const REVIEW_SOON_DAYS = 30;

type ToolNamed = { readonly toolId: string; readonly product: string; readonly surface: string };

/** The first few, and how many more there are. */
export type Few<T> = { readonly shown: readonly T[]; readonly more: number };

/** What waits for a decision, oldest first. */
export type Waiting = {
  readonly underReview: Few<ToolNamed & { readonly vendor: string; readonly since: Date }>;
  readonly narrowings: Few<
    ToolNamed & {
      readonly proposedBy: string;
      readonly proposedAt: Date;
      readonly own: "no" | "needs_another" | "enough";
    }
  >;
  readonly reviews: Few<ToolNamed & { readonly reviewOn: CalendarDate }>;
  readonly requests: Few<{
    readonly requestId: string;
    readonly product: string;
    readonly requestedBy: string;
    readonly requestedAt: Date;
  }>;
  /** BAAs that run out within RUNNING_OUT_DAYS, and how many tools each leaves without cover. */
  readonly baas: Few<{
    readonly baaId: string;
    readonly vendorId: string;
    readonly vendor: string;
    readonly reference: string;
    readonly until: CalendarDate;
    readonly losing: number;
  }>;
  /** Approvals for patient data that something stands in the way of today. */
  readonly unbacked: Few<ToolNamed & { readonly reason: StandingReason }>;
  readonly worksheets: Few<ToolNamed & { readonly worksheetId: string; readonly reverifyOn: CalendarDate }>;
  /** Uses of emergency access that are over and not reviewed. */
  readonly emergencies: Few<{
    readonly useId: string;
    readonly member: string;
    readonly kind: EmergencyKind;
    readonly reviewBy: CalendarDate;
  }>;
  /** Tools whose entry in the catalogue is newer than what the clinic adopted. */
  readonly updates: number;
};

/** What the reader is to sign, in their language. */
export type ToSign = {
  readonly code: string;
  readonly title: string;
  readonly dueOn: CalendarDate;
};

export type EvidenceToday = {
  readonly lastPack: {
    readonly id: string;
    readonly finishedAt: Date;
    readonly asOf: Date;
    readonly fileName: string;
    readonly sha256: string;
  } | null;
  /** Of the items of OCR's audit protocol, how many today's records answer. */
  readonly items: { readonly answered: number; readonly partly: number; readonly asked: number };
  /** Fingerprint of the key that signs packs, as `ssh-keygen` writes it. */
  readonly fingerprint: string;
};

/** Today's page. A part that the reader's role may not see is null. */
export type Today = {
  readonly today: CalendarDate;
  readonly officers: readonly string[];
  readonly notices: readonly NoticeShown[];
  readonly toSign: readonly ToSign[];
  readonly counts: Partial<Readonly<Record<Status, number>>> | null;
  readonly waiting: Waiting | null;
  readonly evidence: EvidenceToday | null;
};
