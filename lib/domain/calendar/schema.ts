import type { AskedItem, MissingItem } from "#lib/domain/calendar/asked/schema.ts";
import type { FirstSteps } from "#lib/domain/calendar/first-steps/schema.ts";
import type { Access, AreaReadiness } from "#lib/domain/calendar/readiness/schema.ts";
import type { Team } from "#lib/domain/calendar/team/schema.ts";
import type { Waiting } from "#lib/domain/calendar/waiting/schema.ts";
import type { AnswerStatus } from "#lib/domain/evidence/schema.ts";
import type { NoticeShown } from "#lib/domain/notifications/schema.ts";
import type { OwnRequestRow } from "#lib/domain/tools/requests/schema.ts";
import type { Status } from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

/** How many of one's own requests the page names; the list has them all. */
export const OWN_REQUESTS_SHOWN_MAX = 5;

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
  /** Of the items of OCR's audit protocol, how many today's records answer, and to how many there is none. */
  readonly items: Readonly<Record<AnswerStatus | "asked", number>>;
  /** What OCR would find no record on although the clinic could make one. */
  readonly missing: readonly MissingItem[];
  /** Fingerprint of the key that signs packs, as `ssh-keygen` writes it. */
  readonly fingerprint: string;
};

/** Today's page. A part that the reader's role may not see is null. */
export type Today = {
  readonly today: CalendarDate;
  readonly officers: readonly string[];
  readonly notices: readonly NoticeShown[];
  readonly toSign: readonly ToSign[];
  /** What the reader has asked for, newest first. */
  readonly requests: readonly OwnRequestRow[] | null;
  readonly team: Team | null;
  readonly counts: Partial<Readonly<Record<Status, number>>> | null;
  readonly waiting: Waiting | null;
  readonly evidence: EvidenceToday | null;
  readonly index: readonly AskedItem[] | null;
  readonly readiness: readonly AreaReadiness[] | null;
  readonly access: Access | null;
  readonly firstSteps: FirstSteps | null;
};
