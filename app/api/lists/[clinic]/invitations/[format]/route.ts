import { downloadList } from "#app/api/lists/download-list.ts";
import { invitationList, invitationsAsked } from "#components/people/invitation-list.tsx";
import { getInvitationsRows } from "#lib/domain/clinic/people/queries.ts";

export const GET = downloadList(invitationList, (ctx, state) => getInvitationsRows(ctx, invitationsAsked(state)));
