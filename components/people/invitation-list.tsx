import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText, Moment } from "#components/layout/moments.tsx";
import {
  INVITATION_SORTS,
  type InvitationRowShown,
  OPEN_STATES,
  PEOPLE_PAGE_SIZES,
} from "#lib/domain/clinic/people/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { InvitationStateBadge } from "./person-badges.tsx";

export const invitationList = defineList<InvitationRowShown>({
  name: "invitations",
  words: "people",
  title: "invitations.title",
  search: "invitations.search",
  rowId: (invitation) => invitation.id,
  defaultSort: { by: "made", descending: true },
  filters: [
    { name: "state", label: "column.state", values: OPEN_STATES, words: "invitationState" },
    { name: "role", label: "column.role", values: ROLES, words: "role" },
  ],
  sizes: PEOPLE_PAGE_SIZES,
  columns: [
    { id: "name", header: "column.name", sortable: true, text: (invitation) => invitation.name },
    { id: "email", header: "column.email", text: (invitation) => invitation.email },
    {
      id: "role",
      header: "column.role",
      sortable: true,
      text: (invitation, { t }) => t(`role.${invitation.role}`),
    },
    {
      id: "state",
      header: "column.state",
      text: (invitation, { t }) => t(`invitationState.${invitation.state}`),
      cell: (invitation) => <InvitationStateBadge state={invitation.state} plain />,
    },
    {
      id: "expires",
      header: "column.expires",
      sortable: true,
      as: "date",
      text: (invitation, { timeZone }) => calendarDateIn(timeZone, invitation.expiresAt),
      cell: (invitation, { timeZone }) => <Moment at={invitation.expiresAt} timeZone={timeZone} />,
    },
    {
      id: "made",
      header: "column.made",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (invitation, { timeZone }) => calendarDateIn(timeZone, invitation.madeAt),
      cell: (invitation, { timeZone }) => <DateText date={calendarDateIn(timeZone, invitation.madeAt)} />,
    },
    {
      id: "by",
      header: "column.invitedBy",
      hideOnPhone: true,
      text: (invitation) => invitation.invitedBy,
    },
  ],
});

/** What the list's queries are asked for by the state of the list. */
export function invitationsAsked(state: ListState) {
  return {
    q: state.q,
    state: OPEN_STATES.filter((one) => state.filters.state?.includes(one)),
    role: ROLES.filter((role) => state.filters.role?.includes(role)),
    sort: INVITATION_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type InvitationListProps = {
  path: string;
  downloads: string;
  state: ListState;
  invitations: { readonly rows: readonly InvitationRowShown[]; readonly total: number; readonly today: string };
  timeZone: string;
  empty: ReactNode;
};

/** Invitations that nobody has used yet, a page of them. */
export function InvitationList({ invitations, path, timeZone, ...frame }: InvitationListProps) {
  const { rows, total, today } = invitations;
  return (
    <DataTable
      {...frame}
      list={invitationList}
      path={path}
      rows={rows}
      total={total}
      facts={{ timeZone, today }}
      rowHref={(invitation) => `${path}/${invitation.id}`}
    />
  );
}
