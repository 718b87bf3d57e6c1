import "server-only";
import { InviteMember } from "#lib/domain/clinic/people/schema.ts";
import { replaceInvitation } from "#lib/domain/clinic/people/steps.ts";
import { assertOpenLocation, findMemberByEmail, findOpenInvitation } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Makes a one-time invitation, good for seven days; an open one to the same address is taken back for it. The token is
 * returned once; the database keeps its hash.
 */
export const inviteMember = defineCommand(
  "invite-member",
  "member.invite",
  InviteMember,
  async ({ tx, ctx }, input) => {
    const { email, endsOn } = input;
    const member = await findMemberByEmail(tx, email);
    if (member !== null) throw refuse("member.already_member", { name: member.name, memberId: member.id }, "email");
    if (endsOn !== null && endsOn < ctx.today) throw refuse("member.end_in_past", {}, "endsOn");
    await assertOpenLocation(tx, input.locationId);
    const { value, events } = await replaceInvitation(tx, ctx, await findOpenInvitation(tx, email), input);
    return done(value, ...events);
  },
);
