import "server-only";
import { z } from "zod";
import {
  InvitationsPage,
  InvitationsRows,
  OneInvitation,
  PeoplePage,
  PeopleRows,
} from "#lib/domain/clinic/people/schema.ts";
import {
  countOpenInvitations,
  countPeople,
  findInvitationsPage,
  findOpenInvitation,
  findPeoplePage,
  listOpenLocations,
  memberHistory,
  otherOwnerStays,
  requireInvitation,
  requireMember,
} from "#lib/domain/clinic/people/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

/** One page of the clinic's people, how many fit, how many stand where, and how many invitations wait. */
export const getPeoplePage = defineQuery("people-page", "member.read", PeoplePage, async ({ tx, ctx }, input) => {
  const { rows, total } = await findPeoplePage(tx, input, ctx.today);
  const counts = await countPeople(tx, ctx.today);
  return { rows, total, counts, invitations: await countOpenInvitations(tx), today: ctx.today, asOf: ctx.now };
});

/** The people on all pages, for the list's files. */
export const getPeopleRows = defineQuery(
  "people-rows",
  "member.read",
  PeopleRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findPeoplePage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, ctx.today);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** One page of the invitations that nobody has used yet, and how many fit. */
export const getInvitationsPage = defineQuery(
  "invitations-page",
  "member.invite",
  InvitationsPage,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findInvitationsPage(tx, input, ctx.now);
    return { rows, total, today: ctx.today, asOf: ctx.now };
  },
);

/** The open invitations on all pages, for the list's files. No file has a link: links are kept nowhere. */
export const getInvitationsRows = defineQuery(
  "invitations-rows",
  "member.invite",
  InvitationsRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findInvitationsPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, ctx.now);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** An invitation, and whether it is open still. */
export const getInvitation = defineQuery(
  "invitation",
  "member.invite",
  OneInvitation,
  async ({ tx, ctx }, { invitationId }) => {
    const invitation = await requireInvitation(tx, invitationId, ctx.now);
    const open = await findOpenInvitation(tx, invitation.email);
    /** The invitation that is open to the same address in this one's place. */
    return { ...invitation, newerId: open === null || open.id === invitationId ? null : open.id };
  },
);

/** What the form that invites somebody offers. */
export const getInviteForm = defineQuery("invite-form", "member.invite", z.object({}), async ({ tx, ctx }) => ({
  locations: await listOpenLocations(tx),
  today: ctx.today,
}));

/** A member with everything that happened to their membership. */
export const getMemberPage = defineQuery(
  "member-page",
  "member.read",
  z.object({ memberId: z.uuid() }),
  async ({ tx, ctx }, { memberId }) => {
    const member = await requireMember(tx, memberId, ctx.today);
    const history = await memberHistory(tx, memberId);
    return {
      member,
      ...history,
      /** The only owner without an end: their role and membership stay. */
      lastOwner: member.role === "owner" && !(await otherOwnerStays(tx, memberId, ctx.today)),
      locations: await listOpenLocations(tx),
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);
