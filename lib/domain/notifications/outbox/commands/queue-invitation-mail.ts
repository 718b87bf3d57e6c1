import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { queueMail } from "#lib/domain/notifications/outbox/steps.ts";
import { sendsMail } from "#lib/domain/notifications/outbox/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Writes to somebody who was invited, once; nobody, where no mail goes out: their link was shown to whoever invited them. */
export const queueInvitationMail = defineCommand(
  "queue-invitation-mail",
  "mail.send",
  z.object({ invitationId: z.uuid() }),
  async ({ tx, ctx }, { invitationId }) => {
    const where = { id: invitationId };
    const invitation = await tx.invitation.findFirst({ where, select: { acceptedAt: true, revokedAt: true } });
    if (invitation === null) throw new NotFound();
    const kind = "invitation" as const;
    const told = await tx.outboxMessage.count({ where: { kind, subjectId: invitationId } });
    const isOpen = invitation.acceptedAt === null && invitation.revokedAt === null;
    if (!isOpen || told > 0 || !sendsMail()) return unchanged({ queued: 0 });
    await queueMail(tx, ctx.now, { kind, subjectId: invitationId, to: [{ memberId: null }] });
    return done(
      { queued: 1 },
      { type: "mail.queued", id: newId(), kind, memberIds: [], invitationIds: [invitationId] },
    );
  },
);
