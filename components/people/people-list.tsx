import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import { MEMBER_STATES, PEOPLE_PAGE_SIZES, PEOPLE_SORTS, type PersonRow } from "#lib/domain/clinic/people/schema.ts";
import { WORKFORCE_TYPES } from "#lib/domain/clinic/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { MemberStateBadge } from "./person-badges.tsx";

export const peopleList = defineList<PersonRow>({
  name: "people",
  words: "people",
  title: "title",
  search: "search",
  rowId: (person) => person.id,
  defaultSort: { by: "name", descending: false },
  filters: [
    { name: "state", label: "column.state", values: MEMBER_STATES, words: "state" },
    { name: "role", label: "column.role", values: ROLES, words: "role" },
    { name: "type", label: "column.type", values: WORKFORCE_TYPES, words: "type" },
  ],
  sizes: PEOPLE_PAGE_SIZES,
  columns: [
    { id: "name", header: "column.name", sortable: true, text: (person) => person.name },
    {
      id: "role",
      header: "column.role",
      sortable: true,
      text: (person, { t }) => t(`role.${person.role}`),
    },
    { id: "job", header: "column.job", hideOnPhone: true, text: (person) => person.jobTitle },
    {
      id: "state",
      header: "column.state",
      text: (person, { t }) => t(`state.${person.state}`),
      cell: (person) => <MemberStateBadge state={person.state} plain />,
    },
    {
      id: "type",
      header: "column.type",
      sortable: true,
      hideOnPhone: true,
      text: (person, { t }) => t(`type.${person.workforceType}`),
    },
    { id: "location", header: "column.location", hideOnPhone: true, text: (person) => person.location },
    {
      id: "started",
      header: "column.started",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (person) => person.startedOn,
      cell: (person) => <DateText date={person.startedOn} />,
    },
    {
      id: "ended",
      header: "column.ended",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (person) => person.endedOn ?? "",
      cell: (person) => person.endedOn !== null && <DateText date={person.endedOn} />,
    },
    { id: "email", header: "column.email", hideOnPhone: true, onRequest: true, text: (person) => person.email },
    {
      id: "tracks",
      header: "column.tracks",
      hideOnPhone: true,
      onRequest: true,
      text: (person) => person.tracks.join(" · "),
    },
  ],
});

/** What the list's queries are asked for by the state of the list. */
export function peopleAsked(state: ListState) {
  return {
    q: state.q,
    state: MEMBER_STATES.filter((one) => state.filters.state?.includes(one)),
    role: ROLES.filter((role) => state.filters.role?.includes(role)),
    type: WORKFORCE_TYPES.filter((type) => state.filters.type?.includes(type)),
    sort: PEOPLE_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type PeopleListProps = {
  path: string;
  downloads: string;
  state: ListState;
  people: {
    readonly rows: readonly PersonRow[];
    readonly total: number;
    readonly counts: Readonly<Record<string, number>>;
    readonly today: string;
  };
  timeZone: string;
  empty: ReactNode;
};

/** The clinic's people, a page of them. */
export function PeopleList({ people, path, timeZone, ...frame }: PeopleListProps) {
  const { rows, total, counts, today } = people;
  return (
    <DataTable
      {...frame}
      list={peopleList}
      path={path}
      rows={rows}
      total={total}
      counts={{ state: counts }}
      facts={{ timeZone, today }}
      rowHref={(person) => `${path}/${person.id}`}
    />
  );
}
