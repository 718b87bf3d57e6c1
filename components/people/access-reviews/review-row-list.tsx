import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import {
  REVIEW_PAGE_SIZES,
  type ReviewRowShown,
  ROW_SORTS,
  SECOND_FACTORS,
  SIGN_IN_FILTER,
  VERDICT_FILTER,
} from "#lib/domain/clinic/access-reviews/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { ChangedFacts } from "./changed-facts.tsx";
import { CarriedOutBadge, VerdictBadge } from "./review-badges.tsx";

export const reviewRowList = defineList<ReviewRowShown>({
  name: "access-review",
  words: "access-reviews",
  title: "review.list",
  search: "review.search",
  rowId: (row) => row.memberId,
  defaultSort: { by: "verdict", descending: false },
  filters: [
    { name: "verdict", label: "column.verdict", values: VERDICT_FILTER, words: "verdict" },
    { name: "role", label: "column.role", values: ROLES, words: "role" },
    { name: "factor", label: "column.factor", values: SECOND_FACTORS, words: "factor" },
    { name: "signIn", label: "column.signIn", values: SIGN_IN_FILTER, words: "signIn" },
  ],
  sizes: REVIEW_PAGE_SIZES,
  columns: [
    {
      id: "name",
      header: "column.name",
      sortable: true,
      text: (row) => row.name,
      cell: (row) => (
        <>
          {row.name}
          {row.jobTitle !== "" && <span className="block font-normal text-muted">{row.jobTitle}</span>}
        </>
      ),
      also: [
        { header: "column.position", as: "number", text: (row) => String(row.position) },
        { header: "column.job", text: (row) => row.jobTitle },
        { header: "column.type", text: (row, { t }) => t(`type.${row.workforceType}`) },
        { header: "column.location", text: (row) => row.location },
        { header: "column.started", as: "date", text: (row) => row.startedOn },
        { header: "column.ended", as: "date", text: (row) => row.endedOn ?? "" },
        {
          header: "column.offices",
          text: (row, { t }) => row.offices.map((office) => t(`office.${office}`)).join(", "),
        },
      ],
    },
    { id: "role", header: "column.role", sortable: true, text: (row, { t }) => t(`role.${row.role}`) },
    {
      id: "signIn",
      header: "column.signIn",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (row) => row.lastSignInOn ?? "",
      cell: (row, { t }) => (row.lastSignInOn === null ? t("person.never") : <DateText date={row.lastSignInOn} />),
      also: [{ header: "column.days", as: "number", text: (row) => String(row.daysSinceSignIn ?? "") }],
    },
    { id: "factor", header: "column.factor", hideOnPhone: true, text: (row, { t }) => t(`factor.${row.secondFactor}`) },
    {
      id: "verdict",
      header: "column.verdict",
      sortable: true,
      text: (row, { t }) => t(`verdict.${row.verdict ?? "undecided"}`),
      cell: (row) => (
        <>
          <VerdictBadge verdict={row.verdict} />
          {row.changeTo !== "" && <span className="block whitespace-pre-line wrap-anywhere">{row.changeTo}</span>}
          {row.note !== "" && <span className="block whitespace-pre-line wrap-anywhere text-muted">{row.note}</span>}
        </>
      ),
      also: [
        { header: "column.changeTo", text: (row) => row.changeTo },
        { header: "column.note", text: (row) => row.note },
        { header: "column.withRest", text: (row, { t }) => t(row.withRest ? "yes" : "no") },
        { header: "column.sole", text: (row, { t }) => t(row.soleReviewer ? "yes" : "no") },
      ],
    },
    {
      id: "decidedBy",
      header: "column.decidedBy",
      hideOnPhone: true,
      text: (row) => row.decidedBy,
      cell: (row, { t }) => (
        <>
          {row.decidedBy}
          {row.withRest && <span className="block text-muted">{t("person.withRest")}</span>}
        </>
      ),
      also: [
        {
          header: "column.decidedAt",
          as: "date",
          text: (row, { timeZone }) => (row.decidedAt === null ? "" : calendarDateIn(timeZone, row.decidedAt)),
        },
      ],
    },
    {
      id: "carriedOut",
      header: "column.carriedOut",
      text: (row, { t }) =>
        row.carriedOut === null
          ? ""
          : t(`carried.${row.carriedOut.state}`, { date: row.carriedOut.state === "open" ? "" : row.carriedOut.on }),
      cell: (row) => row.carriedOut && <CarriedOutBadge carriedOut={row.carriedOut} />,
    },
    {
      id: "changed",
      header: "column.changed",
      hideOnPhone: true,
      text: (row, { t }) => row.changed.map(({ fact }) => t(`column.${FACT_COLUMNS[fact]}`)).join(", "),
      cell: (row) => row.changed.length > 0 && <ChangedFacts changed={row.changed} />,
    },
  ],
});

const FACT_COLUMNS = {
  role: "role",
  jobTitle: "job",
  workforceType: "type",
  location: "location",
  endedOn: "ended",
} as const;

/** What the queries of a review's list are asked for by the state of the list. */
export function reviewRowsAsked(state: ListState) {
  return {
    q: state.q,
    verdict: VERDICT_FILTER.filter((verdict) => state.filters.verdict?.includes(verdict)),
    role: ROLES.filter((role) => state.filters.role?.includes(role)),
    factor: SECOND_FACTORS.filter((factor) => state.filters.factor?.includes(factor)),
    signIn: SIGN_IN_FILTER.filter((each) => state.filters.signIn?.includes(each)),
    sort: ROW_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}
