import { z } from "zod";
import { LOCALES } from "#lib/domain/context.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";

// A message is queued in the transaction of what it tells of. The worker sends it, tries again with growing pauses, and
// leaves it sent or failed; the provider may say later that it bounced. An officer who sends one again makes a new one,
// for a message's id is the key that keeps a repetition from reaching anybody twice.

export const MAIL_KINDS = [
  "baa_lapsed",
  "request_answered",
  "request_reopened",
  "directive_to_sign",
  "invitation",
  "emergency_access",
  "emergency_named",
  "emergency_unnamed",
  "emergency_reviewed",
  "factors_reset",
  "provider_linked",
  "account_reset",
  "daily_digest",
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export const MAIL_STATES = ["queued", "handed_over", "sent", "failed", "bounced"] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** Why a message did not go out, or not yet. */
export const MAIL_FAILURES = [
  "unreachable",
  "provider_trouble",
  "key_refused",
  "message_refused",
  "late",
  "left",
  "not_open",
  "bounced",
  "complained",
] as const;
export type MailFailure = (typeof MAIL_FAILURES)[number];

/** What a digest counts, in the order in which it says so. */
export const DIGEST_COUNTS = [
  "toSign",
  "notices",
  "requests",
  "underReview",
  "narrowings",
  "reviews",
  "baas",
  "unbacked",
  "worksheets",
  "accessReviews",
  "accessVerdicts",
  "emergencies",
] as const;
export const DigestCounts = z.partialRecord(z.enum(DIGEST_COUNTS), z.int().positive());
export type DigestCounts = z.output<typeof DigestCounts>;

/** A word from a form, or the truth value itself. */
export const ChooseDigest = z.object({
  digest: z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")]),
});

/** How many messages one round of a clinic takes. */
export const MAIL_ROUND_MAX = 100;

export const Delivery = z.object({
  messageId: z.uuid(),
  locale: z.enum(LOCALES).nullable(),
  outcome: z.discriminatedUnion("is", [
    // The receipt is the service's own name for the message.
    z.object({ is: z.literal("accepted"), receipt: z.string().max(200).nullable() }),
    z.object({ is: z.literal("failed"), failure: z.enum(MAIL_FAILURES), again: z.boolean() }),
  ]),
});
export type Delivery = z.output<typeof Delivery>;

/** A message whose time has come, with what its letter says. */
export type MailDue = {
  readonly messageId: string;
  /** Null where it invites somebody who is no member yet; they are written to at the address of their invitation. */
  readonly memberId: string | null;
  readonly email: string | null;
  /** Why it is not sent after all. */
  readonly hindered: MailFailure | null;
  readonly about: MailAbout;
};

export type MailAbout = {
  readonly kind: MailKind;
  readonly counts: DigestCounts;
  readonly href: string;
};

export const OUTBOX_SORTS = ["queued", "state", "attempts", "member"] as const;

export const OutboxPage = z.object({
  state: z.array(z.enum(MAIL_STATES)).default([]),
  kind: z.array(z.enum(MAIL_KINDS)).default([]),
  sort: z.enum(OUTBOX_SORTS).default("queued"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PAGE_SIZES).default(25),
});
export const OutboxRows = OutboxPage.omit({ page: true, size: true });

export type OutboxRow = {
  readonly id: string;
  readonly kind: MailKind;
  /** Whom it is for: a member, or somebody who is invited. */
  readonly member: string;
  readonly state: MailState;
  /** Queued where no mail is sent: somebody passes the link on. */
  readonly toHandOver: boolean;
  readonly queuedAt: Date;
  readonly finishedAt: Date | null;
  readonly attempts: number;
  readonly failure: MailFailure | null;
  readonly link: string;
  readonly canSendAgain: boolean;
};
