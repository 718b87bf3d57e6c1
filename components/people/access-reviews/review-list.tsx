import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText, Moment } from "#components/layout/moments.tsx";
import {
  REVIEW_PAGE_SIZES,
  REVIEW_SORTS,
  REVIEW_STATUSES,
  type ReviewShown,
} from "#lib/domain/clinic/access-reviews/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { ReviewStatusBadge } from "./review-badges.tsx";

export const reviewList = defineList<ReviewShown>({
  name: "access-reviews",
  words: "access-reviews",
  title: "title",
  rowId: (review) => review.id,
  defaultSort: { by: "number", descending: true },
  filters: [{ name: "status", label: "column.status", values: REVIEW_STATUSES, words: "status" }],
  sizes: REVIEW_PAGE_SIZES,
  columns: [
    {
      id: "number",
      header: "column.review",
      sortable: true,
      text: (review, { t }) => t("one", { number: review.number }),
    },
    {
      id: "status",
      header: "column.status",
      text: (review, { t }) => t(`status.${review.status}`),
      cell: (review) => <ReviewStatusBadge status={review.status} />,
    },
    {
      id: "frozen",
      header: "column.frozen",
      sortable: true,
      as: "date",
      text: (review) => review.frozenOn,
      cell: (review) => <DateText date={review.frozenOn} />,
    },
    {
      id: "people",
      header: "column.people",
      sortable: true,
      numeric: true,
      as: "number",
      text: (review) => String(review.people),
    },
    {
      id: "undecided",
      header: "column.undecided",
      numeric: true,
      hideOnPhone: true,
      as: "number",
      text: (review) => String(review.undecided),
    },
    { id: "startedBy", header: "column.startedBy", hideOnPhone: true, text: (review) => review.startedBy },
    {
      id: "closed",
      header: "column.closed",
      sortable: true,
      as: "date",
      text: (review, { timeZone }) => (review.closedAt === null ? "" : calendarDateIn(timeZone, review.closedAt)),
      cell: (review, { timeZone }) => review.closedAt && <Moment at={review.closedAt} timeZone={timeZone} day />,
    },
    { id: "closedBy", header: "column.closedBy", hideOnPhone: true, text: (review) => review.closedBy },
    {
      id: "sole",
      header: "column.sole",
      onRequest: true,
      text: (review, { t }) => t(review.soleReviewer ? "yes" : "no"),
    },
    {
      id: "sha256",
      header: "column.sha256",
      onRequest: true,
      text: (review) => review.signature?.textSha256 ?? "",
      cell: (review) =>
        review.signature && <code className="break-all font-mono text-xs">{review.signature.textSha256}</code>,
    },
  ],
});

/** What the list's queries are asked for by the state of the list. */
export function reviewsAsked(state: ListState) {
  return {
    status: REVIEW_STATUSES.filter((status) => state.filters.status?.includes(status)),
    sort: REVIEW_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type ReviewListProps = {
  path: string;
  downloads: string;
  state: ListState;
  reviews: { readonly rows: readonly ReviewShown[]; readonly total: number; readonly today: string };
  timeZone: string;
  empty: ReactNode;
};

/** The clinic's reviews of access, a page of them. */
export function ReviewList({ reviews, path, timeZone, ...frame }: ReviewListProps) {
  const { rows, total, today } = reviews;
  return (
    <DataTable
      {...frame}
      list={reviewList}
      path={path}
      rows={rows}
      total={total}
      facts={{ timeZone, today }}
      rowHref={(review) => `${path}/${review.id}`}
    />
  );
}
