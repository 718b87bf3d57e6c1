import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { queueMail } from "#lib/domain/notifications/outbox/steps.ts";
import { listUntoldInvitations, sendsMail } from "#lib/domain/notifications/outbox/store.ts";
import { eventsNaming } from "#lib/domain/notifications/rules.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Writes to somebody who was invited, and to all who were invited by the same list, once; nobody, where no mail goes out:
 * their links were shown to whoever invited them.
 */
export const queueInvitationMail = defineCommand(
  "queue-invitation-mail",
  "mail.send",
  z.object({ invitationId: z.uuid() }),
  async ({ tx, ctx }, { invitationId }) => {
    const untold = await listUntoldInvitations(tx, invitationId, ctx.now);
    const kind = "invitation" as const;
    const [first, ...rest] = eventsNaming(sendsMail() ? untold : [], (invitationIds) => ({
      ...{ type: "mail.queued" as const, id: newId(), kind, memberIds: [], invitationIds },
    }));
    if (first === undefined) return unchanged({ queued: 0 });
    const to = untold.map((id) => ({ memberId: null, subjectId: id }));
    await queueMail(tx, ctx.now, { kind, subjectId: null, to });
    return done({ queued: untold.length }, first, ...rest);
  },
  { timeoutSeconds: 60 },
);
