import "server-only";
import { OneInvitation } from "#lib/domain/clinic/people/schema.ts";
import { revokeInvitation as revoke } from "#lib/domain/clinic/people/steps.ts";
import { requireInvitation } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";

/** Takes back an invitation: from the same moment its link opens nothing. */
export const revokeInvitation = defineCommand(
  "revoke-invitation",
  "member.invite",
  OneInvitation,
  async ({ tx, ctx }, { invitationId }) => {
    const invitation = await requireInvitation(tx, invitationId, ctx.now);
    return done({ name: invitation.name }, await revoke(tx, ctx, invitation, null));
  },
);
