import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { namesOf } from "#lib/domain/notifications/outbox/rules.ts";
import type { MailKind } from "#lib/domain/notifications/outbox/schema.ts";
import { requireMessage } from "#lib/domain/notifications/outbox/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";

const RecordBounce = z.object({
  messageId: z.uuid(),
  receipt: z.string().min(1).max(200),
  how: z.enum(["bounced", "complained"]),
});

/** Writes down that a message came back, or that its reader called it unwanted. What the service says twice is said once. */
export const recordBounce = defineCommand(
  "record-bounce",
  "mail.send",
  RecordBounce,
  async ({ tx, ctx }, { messageId, receipt, how }) => {
    const { memberId, subjectId, kind, providerId: known } = await requireMessage(tx, messageId);
    if (known !== null && known !== receipt) throw new NotFound();
    // Also one that is still queued here: it went out, and the worker ended before it could write that down.
    const { count } = await tx.outboxMessage.updateMany({
      where: { id: messageId, state: { in: ["queued", "sent"] } },
      data: { state: "bounced", failure: how, providerId: receipt, finishedAt: ctx.now },
    });
    if (count === 0) return unchanged({ messageId });
    const about = { kind: kind as MailKind, ...namesOf([{ memberId, subjectId }]), mailFailure: how };
    return done({ messageId }, { type: "mail.bounced", id: messageId, ...about });
  },
);
