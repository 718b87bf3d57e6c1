import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { canHandOver, namesOf } from "#lib/domain/notifications/outbox/rules.ts";
import type { MailKind, MailState } from "#lib/domain/notifications/outbox/schema.ts";
import { requireMessage, sendsMail } from "#lib/domain/notifications/outbox/store.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Says that the link of a message was passed on by hand, where no mail goes out. */
export const handMailOver = defineCommand(
  "hand-mail-over",
  "outbox.hand_over",
  z.object({ messageId: z.uuid() }),
  async ({ tx, ctx }, { messageId }) => {
    const { state, kind, memberId, subjectId } = await requireMessage(tx, messageId);
    if (state === "handed_over") return unchanged({ messageId });
    if (!canHandOver({ state: state as MailState }, sendsMail())) throw refuse("mail.not_to_hand_over");
    const { count } = await tx.outboxMessage.updateMany({
      where: { id: messageId, state: "queued" },
      data: { state: "handed_over", finishedAt: ctx.now },
    });
    if (count === 0) return unchanged({ messageId });
    const about = { kind: kind as MailKind, ...namesOf([{ memberId, subjectId }]) };
    return done({ messageId }, { type: "mail.handed_over", id: messageId, ...about });
  },
);
