import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText, Deadline } from "#components/layout/moments.tsx";
import { PAGE_SIZES, REGISTER_SORTS, STATUSES, type Status, type ToolRow } from "#lib/domain/tools/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { Recommendation, StandingBadge, StatusBadge } from "./status-badge.tsx";
import { ToolName } from "./tool-name.tsx";
import { Category, ModelFamily, toolWord } from "./tool-words.tsx";

export const registerList = defineList<ToolRow>({
  name: "tools",
  words: "tools",
  title: "title",
  search: "search",
  rowId: (tool) => tool.id,
  defaultSort: { by: "product", descending: false },
  filters: [{ name: "status", label: "column.status", values: STATUSES, words: "status" }],
  sizes: PAGE_SIZES,
  columns: [
    {
      id: "product",
      header: "column.product",
      sortable: true,
      text: (tool) => tool.product,
      cell: (tool) => <ToolName product={tool.product} surface={tool.surface} />,
      also: [{ header: "register.surface", text: (tool) => tool.surface }],
    },
    {
      id: "vendor",
      header: "column.vendor",
      sortable: true,
      hideOnPhone: true,
      text: (tool) => tool.vendor,
      cell: (tool) => (
        <>
          {tool.vendor}
          <span className="block text-muted">
            <ModelFamily name={tool.modelFamily} />
          </span>
        </>
      ),
      also: [{ header: "facts.modelFamily", text: (tool, { t }) => toolWord(t, "modelFamily", tool.modelFamily) }],
    },
    {
      id: "category",
      header: "facts.category",
      hideOnPhone: true,
      onRequest: true,
      text: (tool, { t }) => toolWord(t, "category", tool.category),
      cell: (tool) => <Category name={tool.category} />,
    },
    {
      id: "status",
      header: "column.status",
      sortable: true,
      text: (tool, { t }) => t(`status.${tool.status}`),
      cell: (tool) => <StatusBadge status={tool.status} plain />,
    },
    {
      id: "standing",
      header: "column.standing",
      text: (tool, { t }) => t(`standing.${tool.standing.standing}`),
      cell: (tool) => <StandingBadge standing={tool.standing.standing} plain />,
    },
    {
      id: "conditions",
      header: "decision.conditions",
      hideOnPhone: true,
      onRequest: true,
      text: (tool) => tool.conditions.join("\n"),
      cell: (tool) => <span className="whitespace-pre-line">{tool.conditions.join("\n")}</span>,
    },
    {
      id: "recommendation",
      header: "column.recommendation",
      hideOnPhone: true,
      text: (tool, { t }) => t(`recommendation.${tool.recommendation ?? "none"}`),
      cell: (tool) => <Recommendation recommendation={tool.recommendation} />,
    },
    {
      id: "since",
      header: "column.since",
      sortable: true,
      as: "date",
      text: (tool, { timeZone }) => calendarDateIn(timeZone, tool.statusSince),
      cell: (tool, { t, timeZone, today }) => (
        <span>
          <DateText date={calendarDateIn(timeZone, tool.statusSince)} />
          {tool.reviewOn !== null && (
            <span className="block">
              {t("review")} <Deadline on={tool.reviewOn} today={today} soonDays={30} />
            </span>
          )}
        </span>
      ),
      also: [{ header: "decision.review", as: "date", text: (tool) => tool.reviewOn ?? "" }],
    },
  ],
});

/** What the register's queries are asked for by the state of the list. */
export function registerAsked(state: ListState) {
  return {
    q: state.q,
    status: STATUSES.filter((status) => state.filters.status?.includes(status)),
    sort: REGISTER_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type RegisterListProps = {
  path: string;
  downloads: string;
  state: ListState;
  register: {
    readonly rows: readonly ToolRow[];
    readonly total: number;
    readonly counts: Readonly<Partial<Record<Status, number>>>;
    readonly today: string;
  };
  timeZone: string;
  empty: ReactNode;
};

/** The clinic's register, a page of it. */
export function RegisterList({ register, path, timeZone, ...frame }: RegisterListProps) {
  const { rows, total, counts, today } = register;
  return (
    <DataTable
      {...frame}
      list={registerList}
      path={path}
      rows={rows}
      total={total}
      counts={{ status: counts }}
      facts={{ timeZone, today }}
      rowHref={(tool) => `${path}/${tool.id}`}
    />
  );
}
