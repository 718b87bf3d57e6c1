import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText, Moment } from "#components/layout/moments.tsx";
import {
  EMERGENCY_KINDS,
  USE_PAGE_SIZES,
  USE_SORTS,
  USE_STATES,
  type UseShown,
} from "#lib/domain/clinic/emergency-access/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { UseStateBadge } from "./emergency-badges.tsx";

export const emergencyUseList = defineList<UseShown>({
  name: "emergency-access",
  words: "emergency-access",
  title: "title",
  search: "search",
  rowId: (use) => use.id,
  defaultSort: { by: "opened", descending: true },
  filters: [
    { name: "state", label: "column.state", values: USE_STATES, words: "state" },
    { name: "kind", label: "column.kind", values: EMERGENCY_KINDS, words: "kind" },
  ],
  sizes: USE_PAGE_SIZES,
  columns: [
    { id: "member", header: "column.member", sortable: true, text: (use) => use.member },
    { id: "kind", header: "column.kind", sortable: true, text: (use, { t }) => t(`kind.${use.kind}`) },
    {
      id: "state",
      header: "column.state",
      text: (use, { t }) => t(`state.${use.state}`),
      cell: (use) => <UseStateBadge state={use.state} plain />,
    },
    {
      id: "opened",
      header: "column.opened",
      sortable: true,
      text: (use, { locale, timeZone }) => momentText(use.openedAt, locale, timeZone),
      cell: (use, { timeZone }) => <Moment at={use.openedAt} timeZone={timeZone} />,
    },
    {
      id: "over",
      header: "column.over",
      hideOnPhone: true,
      text: (use, { t, locale, timeZone }) =>
        use.overAt === null ? t("stillOpen") : momentText(use.overAt, locale, timeZone),
      cell: (use, { t, timeZone }) =>
        use.overAt === null ? t("stillOpen") : <Moment at={use.overAt} timeZone={timeZone} />,
    },
    {
      id: "reviewBy",
      header: "column.reviewBy",
      hideOnPhone: true,
      as: "date",
      text: (use) => (use.overAt === null ? "" : use.reviewBy),
      cell: (use) => (use.overAt === null ? "" : <DateText date={use.reviewBy} />),
    },
    { id: "reviewedBy", header: "column.reviewedBy", hideOnPhone: true, text: (use) => use.review?.by ?? "" },
    {
      id: "justified",
      header: "column.justified",
      hideOnPhone: true,
      text: (use, { t }) => (use.review === null ? "" : t(use.review.justified ? "yes" : "no")),
    },
    { id: "reason", header: "column.reason", hideOnPhone: true, onRequest: true, text: (use) => use.reason },
    { id: "done", header: "column.done", hideOnPhone: true, onRequest: true, text: (use) => use.review?.done ?? "" },
    {
      id: "followUp",
      header: "column.followUp",
      hideOnPhone: true,
      onRequest: true,
      text: (use) => use.review?.followUp ?? "",
    },
  ],
});

/** What the list's queries are asked for by the state of the list. */
export function emergencyUsesAsked(state: ListState) {
  return {
    q: state.q,
    state: USE_STATES.filter((one) => state.filters.state?.includes(one)),
    kind: EMERGENCY_KINDS.filter((kind) => state.filters.kind?.includes(kind)),
    sort: USE_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type EmergencyUseListProps = {
  path: string;
  downloads: string;
  state: ListState;
  uses: { readonly rows: readonly UseShown[]; readonly total: number; readonly today: string };
  timeZone: string;
  empty: ReactNode;
};

/** The log of uses and tests of emergency access, a page of it. */
export function EmergencyUseList({ uses, path, timeZone, ...frame }: EmergencyUseListProps) {
  const { rows, total, today } = uses;
  return (
    <DataTable
      {...frame}
      list={emergencyUseList}
      path={path}
      rows={rows}
      total={total}
      facts={{ timeZone, today }}
      rowHref={(use) => `${path}/${use.id}`}
    />
  );
}
