import "server-only";
import { z } from "zod";
import { actingMemberId } from "#lib/domain/context.ts";
import { MAIL_ROUND_MAX, OutboxPage, OutboxRows } from "#lib/domain/notifications/outbox/schema.ts";
import {
  clinicAddress,
  countOutboxByState,
  findOutboxPage,
  listMailDue,
  sendsMail,
  wantsDigest,
} from "#lib/domain/notifications/outbox/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

/** Whether one gets the daily mail. */
export const getOwnDigestChoice = defineQuery(
  "own-digest-choice",
  "mail.choose",
  z.object({}),
  async ({ tx, ctx }) => ({
    digest: await wantsDigest(tx, actingMemberId(ctx) ?? ""),
  }),
);

/** What the worker sends next. */
export const getMailDue = defineQuery(
  "mail-due",
  "mail.send",
  z.object({ at: z.date(), take: z.number().int().min(1).max(MAIL_ROUND_MAX).default(MAIL_ROUND_MAX) }),
  async ({ tx, ctx }, { at, take }) => {
    const home = clinicAddress(ctx.slug);
    return { messages: await listMailDue(tx, { at, today: ctx.today, take, home }), home };
  },
);

/** A page of the mail that the clinic's people were, are or will be sent. */
export const getOutboxPage = defineQuery("outbox-page", "outbox.read", OutboxPage, async ({ tx, ctx }, input) => {
  const { rows, total } = await findOutboxPage(tx, input, ctx.slug);
  const counts = { state: await countOutboxByState(tx) };
  return { rows, total, counts, sends: sendsMail(), today: ctx.today, asOf: ctx.now };
});

/** The outbox on all its pages, for its files. */
export const getOutboxRows = defineQuery(
  "outbox-rows",
  "outbox.read",
  OutboxRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findOutboxPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, ctx.slug);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);
