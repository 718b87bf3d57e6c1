import "server-only";
import { INVITATION_DAYS, InviteMember } from "#lib/domain/clinic/schema.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { newId } from "#lib/kernel/ids.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";

/** Makes a one-time invitation, good for seven days. The token is returned once; the database keeps its hash. */
export const inviteMember = defineCommand(
  "invite-member",
  "member.invite",
  InviteMember,
  async ({ tx, ctx }, input) => {
    const token = newToken();
    const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
    const invitation = { id: newId(), ...input };
    await tx.invitation.create({ data: { ...invitation, tokenHash: tokenHash(token), createdAt: ctx.now, expiresAt } });
    return done(
      { invitationId: invitation.id, token },
      { type: "member.invited", ...invitation, expiresAt: expiresAt.toISOString() },
    );
  },
);
