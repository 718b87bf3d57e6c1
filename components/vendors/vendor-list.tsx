import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import {
  BUSINESS_ASSOCIATE_ANSWERS,
  ENDS_WITHIN,
  VENDOR_BAA_STATES,
  VENDOR_PAGE_SIZES,
  VENDOR_SORTS,
  type VendorRow,
} from "#lib/domain/vendors/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { AssociateBadge, BaaBadge, RunsOut } from "./vendor-badges.tsx";

export const vendorList = defineList<VendorRow>({
  name: "vendors",
  words: "vendors",
  title: "title",
  search: "search",
  rowId: (vendor) => vendor.id,
  defaultSort: { by: "name", descending: false },
  filters: [
    { name: "associate", label: "column.associate", values: BUSINESS_ASSOCIATE_ANSWERS, words: "isAssociate" },
    { name: "baa", label: "column.baa", values: VENDOR_BAA_STATES, words: "baa" },
    { name: "ends", label: "column.until", values: ENDS_WITHIN, words: "ends" },
  ],
  sizes: VENDOR_PAGE_SIZES,
  columns: [
    { id: "name", header: "column.name", sortable: true, text: (vendor) => vendor.name },
    {
      id: "associate",
      header: "column.associate",
      text: (vendor, { t }) => t(`isAssociate.${vendor.businessAssociate}`),
      cell: (vendor) => <AssociateBadge associate={vendor.businessAssociate} words="isAssociate" plain />,
      also: [{ header: "column.reason", text: (vendor) => vendor.businessAssociateReason }],
    },
    {
      id: "baa",
      header: "column.baa",
      text: (vendor, { t }) => t(`baa.${vendor.baa}`),
      cell: (vendor) => <BaaBadge state={vendor.baa} plain />,
      also: [{ header: "column.baas", as: "number", text: (vendor) => String(vendor.baas) }],
    },
    {
      id: "until",
      header: "column.until",
      sortable: true,
      as: "date",
      text: (vendor) => vendor.until ?? "",
      cell: (vendor, { today }) => vendor.until !== null && <RunsOut on={vendor.until} today={today} />,
    },
    {
      id: "tools",
      header: "column.tools",
      sortable: true,
      numeric: true,
      as: "number",
      hideOnPhone: true,
      text: (vendor) => String(vendor.tools),
    },
    {
      id: "jurisdiction",
      header: "column.jurisdiction",
      hideOnPhone: true,
      text: (vendor) => vendor.jurisdiction,
    },
    {
      id: "contact",
      header: "column.contact",
      hideOnPhone: true,
      onRequest: true,
      text: (vendor) => vendor.contactName,
    },
    { id: "website", header: "column.website", hideOnPhone: true, onRequest: true, text: (vendor) => vendor.website },
    {
      id: "since",
      header: "column.since",
      sortable: true,
      hideOnPhone: true,
      onRequest: true,
      as: "date",
      text: (vendor, { timeZone }) => calendarDateIn(timeZone, vendor.addedAt),
      cell: (vendor, { timeZone }) => <DateText date={calendarDateIn(timeZone, vendor.addedAt)} />,
    },
  ],
});

/** What the list's queries are asked for by the state of the list. */
export function vendorsAsked(state: ListState) {
  return {
    q: state.q,
    associate: BUSINESS_ASSOCIATE_ANSWERS.filter((answer) => state.filters.associate?.includes(answer)),
    baa: VENDOR_BAA_STATES.filter((baa) => state.filters.baa?.includes(baa)),
    ends: ENDS_WITHIN.filter((days) => state.filters.ends?.includes(days)),
    sort: VENDOR_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type VendorListProps = {
  path: string;
  downloads: string;
  state: ListState;
  vendors: {
    readonly rows: readonly VendorRow[];
    readonly total: number;
    readonly counts: Readonly<Partial<Record<string, number>>>;
    readonly today: string;
  };
  timeZone: string;
  empty: ReactNode;
};

/** The clinic's vendors, a page of them. */
export function VendorList({ vendors, path, timeZone, ...frame }: VendorListProps) {
  const { rows, total, counts, today } = vendors;
  const associate = Object.fromEntries(BUSINESS_ASSOCIATE_ANSWERS.map((answer) => [answer, counts[answer] ?? 0]));
  return (
    <DataTable
      {...frame}
      list={vendorList}
      path={path}
      rows={rows}
      total={total}
      counts={{ associate }}
      facts={{ timeZone, today }}
      rowHref={(vendor) => `${path}/${vendor.id}`}
    />
  );
}
