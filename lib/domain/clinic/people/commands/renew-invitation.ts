import "server-only";
import { OneInvitation } from "#lib/domain/clinic/people/schema.ts";
import { replaceInvitation } from "#lib/domain/clinic/people/steps.ts";
import { requireInvitation } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Makes a new link for the same person, and ends the old one: links are kept nowhere, so a lost one can't be shown again. */
export const renewInvitation = defineCommand(
  "renew-invitation",
  "member.invite",
  OneInvitation,
  async ({ tx, ctx }, { invitationId }) => {
    const open = await requireInvitation(tx, invitationId, ctx.now);
    if (open.endsOn !== null && open.endsOn < ctx.today) throw refuse("member.end_in_past");
    const { name, email, role, jobTitle, workforceType, locationId, startsOn, endsOn } = open;
    const again = {
      name,
      email,
      role,
      jobTitle,
      workforceType,
      locationId,
      startsOn,
      endsOn,
      tracks: [...open.tracks],
    };
    const { value, events } = await replaceInvitation(tx, ctx, open, again);
    return done({ ...value, name }, ...events);
  },
);
