import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { Deadline, Moment } from "#components/layout/moments.tsx";
import { PAGE_SIZES, SIGNATURE_SORTS, SIGNATURE_STATES, type SignatureRow } from "#lib/domain/policies/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { SignatureState } from "./signature-state.tsx";

export const signatureList = defineList<SignatureRow>({
  name: "signatures",
  words: "policies",
  title: "signatures.title",
  search: "signatures.search",
  rowId: (row) => row.memberId,
  defaultSort: { by: "name", descending: false },
  filters: [{ name: "state", label: "column.state", values: SIGNATURE_STATES, words: "state" }],
  sizes: PAGE_SIZES,
  columns: [
    {
      id: "name",
      header: "column.name",
      sortable: true,
      text: (row) => row.name,
      cell: (row, { t }) => (
        <>
          {row.name}
          <span className="block font-normal text-muted">
            {row.jobTitle === "" ? t(`role.${row.role}`) : row.jobTitle}
          </span>
        </>
      ),
      also: [
        { header: "column.jobTitle", text: (row) => row.jobTitle },
        { header: "column.role", text: (row, { t }) => t(`role.${row.role}`) },
      ],
    },
    {
      id: "state",
      header: "column.state",
      text: (row, { t }) => t(`state.${row.state}`),
      cell: (row) => <SignatureState state={row.state} />,
    },
    {
      id: "due",
      header: "column.due",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (row) => row.dueOn,
      cell: (row, { today }) => row.attestationId === null && <Deadline on={row.dueOn} today={today} soonDays={1} />,
    },
    {
      id: "signed",
      header: "column.signedAt",
      sortable: true,
      text: (row, { locale, timeZone }) => (row.signedAt === null ? "" : momentText(row.signedAt, locale, timeZone)),
      cell: (row, { timeZone }) => row.signedAt && <Moment at={row.signedAt} timeZone={timeZone} />,
    },
    { id: "typedName", header: "column.typedName", hideOnPhone: true, text: (row) => row.typedName },
    {
      id: "language",
      header: "column.language",
      hideOnPhone: true,
      text: (row, { t }) => (row.locale === null ? "" : t(`language.${row.locale}`)),
    },
    {
      id: "sha256",
      header: "column.sha256",
      hideOnPhone: true,
      onRequest: true,
      text: (row) => row.textSha256,
      cell: (row) => row.textSha256 && <code className="break-all font-mono text-xs">{row.textSha256}</code>,
    },
  ],
});

/** What the signatures' queries are asked for by the state of the list. */
export function signaturesAsked(state: ListState) {
  return {
    q: state.q,
    state: SIGNATURE_STATES.filter((each) => state.filters.state?.includes(each)),
    sort: SIGNATURE_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}
