import {
  type Delivery,
  DIGEST_COUNTS,
  type MailAbout,
  type MailFailure,
  type MailKind,
  type MailState,
} from "#lib/domain/notifications/outbox/schema.ts";
import { type CalendarDate, calendarDateIn, hourIn } from "#lib/kernel/dates.ts";

export const ATTEMPTS_MAX = 8;
const FIRST_PAUSE_SECONDS = 60;

/**
 * The provider knows a repetition by its key for 24 hours. Whatever is older is not sent by itself: nobody could say
 * whether an attempt of the day before had arrived.
 */
const SENT_WITHIN_HOURS = 23;

export type Step =
  | { readonly state: "sent"; readonly providerId: string | null }
  | { readonly state: "queued"; readonly failure: MailFailure; readonly nextAttemptAt: Date }
  | { readonly state: "failed"; readonly failure: MailFailure };

/** What an attempt leaves behind; `attempts` counts it. */
export function stepAfter(outcome: Delivery["outcome"], attempts: number, now: Date): Step {
  if (outcome.is === "accepted") return { state: "sent", providerId: outcome.receipt };
  const { failure, again } = outcome;
  if (!again || attempts >= ATTEMPTS_MAX) return { state: "failed", failure };
  const pauseSeconds = FIRST_PAUSE_SECONDS * 2 ** (attempts - 1);
  return { state: "queued", failure, nextAttemptAt: new Date(now.getTime() + pauseSeconds * 1000) };
}

/** Why a queued message is not to be sent any more; null when it is. */
export function hindranceOf(message: { readonly queuedAt: Date; readonly pointless: MailFailure | null }, now: Date) {
  if (message.pointless !== null) return message.pointless;
  const hours = (now.getTime() - message.queuedAt.getTime()) / 3_600_000;
  return hours >= SENT_WITHIN_HOURS ? ("late" as const) : null;
}

/** Where no mail goes out, somebody passes the link on and says so. */
export function canHandOver(message: { readonly state: MailState }, sends: boolean): boolean {
  return message.state === "queued" && !sends;
}

/** Sent once already, or not at all, and nobody has sent it again. */
export function canSendAgain(message: { readonly state: MailState; readonly sentAgain: boolean }): boolean {
  return (message.state === "failed" || message.state === "bounced") && !message.sentAgain;
}

export type MailTo = { readonly memberId: string | null; readonly subjectId: string | null };

/** Whom an event about these messages names: members, and the invitations of those who are none yet. */
export function namesOf(messages: readonly MailTo[]): { memberIds: string[]; invitationIds?: string[] } {
  const memberIds = messages.flatMap(({ memberId }) => memberId ?? []);
  const invitationIds = messages.flatMap(({ memberId, subjectId }) => (memberId === null ? (subjectId ?? []) : []));
  return invitationIds.length === 0 ? { memberIds } : { memberIds, invitationIds };
}

const MORNING_BEGINS = 7;
const MORNING_ENDS = 12;

/** The day for which digests are written now: on the clinic's morning by its own clocks, whatever those were set to at night. */
export function digestDayAt(timeZone: string, now: Date): CalendarDate | null {
  const hour = hourIn(timeZone, now);
  return hour >= MORNING_BEGINS && hour < MORNING_ENDS ? calendarDateIn(timeZone, now) : null;
}

/** The page that a message leads to, below the clinic's address. */
export function pathOf(kind: MailKind, subjectId: string | null, policyCode: string | undefined): string {
  switch (kind) {
    case "invitation":
      return `/people/invitations/${subjectId}`;
    case "request_answered":
    case "request_reopened":
      return `/requests/${subjectId}`;
    case "directive_to_sign":
      return policyCode === undefined ? "/policies" : `/policies/${policyCode}`;
    case "emergency_named":
    case "emergency_unnamed":
      return "/people/emergency-access";
    case "emergency_access":
    case "emergency_reviewed":
      return `/people/emergency-access/${subjectId}`;
    case "baa_lapsed":
    case "daily_digest":
    case "factors_reset":
    case "provider_linked":
    case "account_reset":
      return "";
    default: {
      const unhandled: never = kind;
      return unhandled;
    }
  }
}

/** What a letter says, for any way of setting it. */
export type Letter = {
  readonly locale: string;
  readonly subject: string;
  readonly lines: readonly string[];
  readonly items: readonly string[];
  readonly action: { readonly label: string; readonly href: string };
  readonly footer: readonly string[];
};

type LetterWords = (key: string, params?: Record<string, string | number>) => string;

/** The letter of a message: which kind of thing waits, and where. No name, no title and nothing that anybody typed. */
export function letterOf(
  { kind, counts, href }: MailAbout,
  { words, locale, home }: { words: LetterWords; locale: string; home: string },
): Letter {
  return {
    locale,
    subject: words(`${kind}.subject`),
    lines: [words(`${kind}.text`)],
    items: DIGEST_COUNTS.flatMap((name) => {
      const count = counts[name];
      return count === undefined ? [] : [words(`waiting.${name}`, { count })];
    }),
    action: { label: words(`${kind}.action`), href },
    footer: [
      words("footer"),
      ...(kind === "daily_digest" ? [words("digestOff", { address: `${home}/settings` })] : []),
    ],
  };
}
