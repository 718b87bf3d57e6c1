import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import {
  EXCEPTION_SORTS,
  EXCEPTION_STATES,
  type ExceptionRow,
  type ExceptionState,
} from "#lib/domain/tools/exceptions/schema.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { ExceptionHolder, ExceptionStateBadge } from "./exception-state.tsx";
import { ToolName } from "./tool-name.tsx";

export const exceptionList = defineList<ExceptionRow>({
  name: "exceptions",
  words: "exceptions",
  title: "title",
  search: "search",
  rowId: (exception) => exception.id,
  defaultSort: { by: "ends", descending: true },
  filters: [{ name: "state", label: "column.state", values: EXCEPTION_STATES, words: "state" }],
  sizes: PAGE_SIZES,
  columns: [
    {
      id: "tool",
      header: "column.tool",
      sortable: true,
      text: (exception) => exception.product,
      cell: (exception) => <ToolName product={exception.product} surface={exception.surface} />,
      also: [{ header: "column.surface", text: (exception) => exception.surface }],
    },
    {
      id: "holder",
      header: "column.holder",
      text: ({ person, role }, { t }) => person ?? t("everybody", { role: t(`role.${role ?? "staff"}`) }),
      cell: (exception) => <ExceptionHolder exception={exception} />,
    },
    {
      id: "state",
      header: "column.state",
      text: (exception, { t }) => t(`state.${exception.state}`),
      cell: (exception, { today }) => <ExceptionStateBadge exception={exception} today={today} />,
    },
    {
      id: "starts",
      header: "column.starts",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (exception) => exception.startsOn,
      cell: (exception) => <DateText date={exception.startsOn} />,
    },
    {
      id: "ends",
      header: "column.ends",
      sortable: true,
      as: "date",
      text: (exception) => exception.endsOn,
      cell: (exception) => <DateText date={exception.endsOn} />,
    },
    {
      id: "reason",
      header: "column.reason",
      hideOnPhone: true,
      text: (exception) => exception.reason,
      cell: (exception) => <span className="line-clamp-3 print:line-clamp-none">{exception.reason}</span>,
    },
    {
      id: "granted",
      header: "column.granted",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (exception, { timeZone }) => calendarDateIn(timeZone, exception.grantedAt),
      cell: (exception, { t, timeZone }) => (
        <>
          <DateText date={calendarDateIn(timeZone, exception.grantedAt)} />
          <span className="block text-muted">
            {exception.grantedBy}
            {exception.soleDecider && <> · {t("sole")}</>}
          </span>
        </>
      ),
      also: [
        { header: "column.grantedBy", text: (exception) => exception.grantedBy },
        { header: "sole", text: (exception, { t }) => (exception.soleDecider ? t("sole") : "") },
      ],
    },
    {
      id: "withdrawn",
      header: "column.withdrawn",
      hideOnPhone: true,
      onRequest: true,
      as: "date",
      text: ({ withdrawnAt }, { timeZone }) => (withdrawnAt === null ? "" : calendarDateIn(timeZone, withdrawnAt)),
      cell: ({ withdrawnAt, withdrawnBy }, { timeZone }) =>
        withdrawnAt === null ? (
          ""
        ) : (
          <>
            <DateText date={calendarDateIn(timeZone, withdrawnAt)} />
            <span className="block text-muted">{withdrawnBy}</span>
          </>
        ),
      also: [
        { header: "column.withdrawnBy", text: (exception) => exception.withdrawnBy ?? "" },
        { header: "column.withdrawnReason", text: (exception) => exception.withdrawnReason ?? "" },
      ],
    },
  ],
});

/** What the queries of exceptions are asked for by the state of the list. */
export function exceptionsAsked(state: ListState) {
  return {
    q: state.q,
    state: EXCEPTION_STATES.filter((one) => state.filters.state?.includes(one)),
    sort: EXCEPTION_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type ExceptionListProps = {
  path: string;
  toolsPath: string;
  downloads: string;
  state: ListState;
  exceptions: {
    readonly rows: readonly ExceptionRow[];
    readonly total: number;
    readonly counts: Readonly<Partial<Record<ExceptionState, number>>>;
    readonly today: string;
  };
  timeZone: string;
  empty: ReactNode;
};

/** All exceptions of the clinic, a page of them; a row leads to its tool's. */
export function ExceptionList({ exceptions, path, toolsPath, timeZone, ...frame }: ExceptionListProps) {
  const { rows, total, counts, today } = exceptions;
  return (
    <DataTable
      {...frame}
      list={exceptionList}
      path={path}
      rows={rows}
      total={total}
      counts={{ state: counts }}
      facts={{ timeZone, today }}
      rowHref={(exception) => `${toolsPath}/${exception.toolId}/exceptions#exception-${exception.id}`}
    />
  );
}
