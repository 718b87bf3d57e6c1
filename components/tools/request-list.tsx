import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import {
  REQUEST_SORTS,
  REQUEST_STATUSES,
  type RequestRow,
  type RequestStatus,
} from "#lib/domain/tools/requests/schema.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { RequestStatusBadge } from "./request-status.tsx";
import { ToolName } from "./tool-name.tsx";

export const requestList = defineList<RequestRow>({
  name: "requests",
  words: "requests",
  title: "title",
  search: "search",
  rowId: (request) => request.id,
  defaultSort: { by: "waiting", descending: true },
  filters: [{ name: "status", label: "column.status", values: REQUEST_STATUSES, words: "status" }],
  sizes: PAGE_SIZES,
  columns: [
    {
      id: "product",
      header: "column.product",
      sortable: true,
      text: (request) => request.product,
      cell: (request) => <ToolName product={request.product} surface={request.surface} />,
      also: [{ header: "column.surface", text: (request) => request.surface }],
    },
    { id: "vendor", header: "column.vendor", hideOnPhone: true, onRequest: true, text: (request) => request.vendor },
    {
      id: "hostname",
      header: "column.hostname",
      hideOnPhone: true,
      onRequest: true,
      text: (request) => request.hostname,
    },
    {
      id: "status",
      header: "column.status",
      text: (request, { t }) => t(`status.${request.status}`),
      cell: (request, { t }) => (
        <>
          <RequestStatusBadge status={request.status} plain />
          {request.status === "open" && request.takenBack > 0 && (
            <span className="block text-muted">{t("reopened")}</span>
          )}
        </>
      ),
    },
    {
      id: "waiting",
      header: "column.waiting",
      sortable: true,
      numeric: true,
      as: "number",
      text: (request) => (request.waitingDays === null ? "" : String(request.waitingDays)),
      cell: (request, { t }) => (request.waitingDays === null ? "" : t("days", { days: request.waitingDays })),
    },
    {
      id: "goesIn",
      header: "column.goesIn",
      hideOnPhone: true,
      text: (request, { t }) => t(`goesIn.${request.goesIn}`),
    },
    {
      id: "supporters",
      header: "column.supporters",
      sortable: true,
      numeric: true,
      hideOnPhone: true,
      as: "number",
      text: (request) => String(request.supporters),
    },
    {
      id: "requested",
      header: "column.requested",
      sortable: true,
      as: "date",
      text: (request, { timeZone }) => calendarDateIn(timeZone, request.requestedAt),
      cell: (request, { timeZone }) => (
        <>
          <DateText date={calendarDateIn(timeZone, request.requestedAt)} />
          <span className="block text-muted">{request.requestedBy}</span>
        </>
      ),
      also: [{ header: "column.requestedBy", text: (request) => request.requestedBy }],
    },
    {
      id: "purpose",
      header: "column.purpose",
      hideOnPhone: true,
      onRequest: true,
      text: (request) => request.purpose,
      cell: (request) => <span className="line-clamp-3 print:line-clamp-none">{request.purpose}</span>,
    },
    {
      id: "closed",
      header: "column.closed",
      hideOnPhone: true,
      onRequest: true,
      as: "date",
      text: (request, { timeZone }) => closedOn(request, timeZone) ?? "",
      cell: (request, { timeZone }) => {
        const on = closedOn(request, timeZone);
        if (on === null) return "";
        return (
          <>
            <DateText date={on} />
            <span className="block text-muted">{request.answeredBy}</span>
          </>
        );
      },
      also: [{ header: "column.answeredBy", text: (request) => request.answeredBy }],
    },
    {
      id: "reason",
      header: "column.reason",
      hideOnPhone: true,
      onRequest: true,
      text: (request) => request.reason,
      cell: (request) => <span className="line-clamp-3 print:line-clamp-none">{request.reason}</span>,
    },
    {
      id: "takenBack",
      header: "column.takenBack",
      hideOnPhone: true,
      onRequest: true,
      numeric: true,
      as: "number",
      text: (request) => String(request.takenBack),
    },
    {
      id: "answerTool",
      header: "column.answerTool",
      hideOnPhone: true,
      onRequest: true,
      text: ({ answerTool }) => (answerTool === null ? "" : `${answerTool.product}, ${answerTool.surface}`),
    },
  ],
});

function closedOn({ closedAt }: RequestRow, timeZone: string): string | null {
  return closedAt === null ? null : calendarDateIn(timeZone, closedAt);
}

/** What the queue's queries are asked for by the state of the list. */
export function requestsAsked(state: ListState) {
  return {
    q: state.q,
    status: REQUEST_STATUSES.filter((status) => state.filters.status?.includes(status)),
    sort: REQUEST_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type RequestListProps = {
  path: string;
  downloads: string;
  state: ListState;
  queue: {
    readonly rows: readonly RequestRow[];
    readonly total: number;
    readonly counts: Readonly<Partial<Record<RequestStatus, number>>>;
    readonly today: string;
  };
  timeZone: string;
  empty: ReactNode;
};

/** The officers' queue, a page of it. */
export function RequestList({ queue, path, timeZone, ...frame }: RequestListProps) {
  const { rows, total, counts, today } = queue;
  return (
    <DataTable
      {...frame}
      list={requestList}
      path={path}
      rows={rows}
      total={total}
      counts={{ status: counts }}
      facts={{ timeZone, today }}
      rowHref={(request) => `${path}/${request.id}`}
    />
  );
}
