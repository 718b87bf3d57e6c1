import "server-only";
import { z } from "zod";
import { defineCommand, done } from "#lib/domain/command.ts";
import { canSendAgain, namesOf } from "#lib/domain/notifications/outbox/rules.ts";
import { DigestCounts, type MailKind, type MailState } from "#lib/domain/notifications/outbox/schema.ts";
import { requireMessage } from "#lib/domain/notifications/outbox/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Queues what failed or bounced once more, as a message of its own; each can be sent again once. */
export const sendMailAgain = defineCommand(
  "send-mail-again",
  "outbox.send_again",
  z.object({ messageId: z.uuid() }),
  async ({ tx, ctx }, { messageId }) => {
    const { state, kind, memberId, subjectId, counts } = await requireMessage(tx, messageId);
    const sentAgain = (await tx.outboxMessage.count({ where: { againOf: messageId } })) > 0;
    if (sentAgain) throw refuse("mail.sent_again_already");
    if (!canSendAgain({ state: state as MailState, sentAgain })) throw refuse("mail.not_failed");
    const again = { id: newId(), memberId, kind, subjectId, againOf: messageId };
    await tx.outboxMessage.createMany({
      data: [
        {
          ...again,
          ...(counts === null ? {} : { counts: DigestCounts.parse(counts) }),
          ...{ nextAttemptAt: ctx.now, queuedAt: ctx.now },
        },
      ],
    });
    const about = { kind: kind as MailKind, ...namesOf([{ memberId, subjectId }]) };
    return done({ messageId: again.id }, { type: "mail.queued_again", id: again.id, ...about });
  },
);
