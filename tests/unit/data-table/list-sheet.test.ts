import { describe, expect, test } from "vitest";
import type { ListFacts } from "#components/data-table/columns.ts";
import { defineList } from "#components/data-table/define-list.ts";
import { listSheet } from "#components/data-table/list-sheet.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";

type Vendor = { name: string; city: string; renewsOn: string | null; days: number };

const vendors = defineList<Vendor>({
  name: "vendors",
  words: "vendors",
  title: "title",
  rowId: (vendor) => vendor.name,
  columns: [
    { id: "tick", header: "tick", pageOnly: true, text: () => "" },
    { id: "name", header: "name", rowHeader: true, sortable: true, text: (vendor) => vendor.name },
    {
      id: "renews",
      header: "renews",
      as: "date",
      text: (vendor) => vendor.renewsOn ?? "",
      also: [{ header: "days", as: "number", text: (vendor) => String(vendor.days) }],
    },
    { id: "city", header: "city", onRequest: true, text: (vendor, { t }) => t(`in.${vendor.city}`) },
  ],
});

const rows: Vendor[] = [
  { name: "Zed", city: "omaha", renewsOn: "2026-12-01", days: 30 },
  { name: "Abe", city: "salem", renewsOn: null, days: 0 },
];
const t = Object.assign((key: string) => key.toUpperCase(), { has: () => true });
const facts: ListFacts = { t, locale: "en", timeZone: "America/New_York", today: "2026-11-22" };
const sheetOf = (asked: SearchParams) => listSheet(vendors, parseListState(asked, vendors.shape), rows, facts);

describe("the file of a list", () => {
  test("has the columns that are shown, with what else their cells say, and no tick boxes", () => {
    expect(sheetOf({})).toEqual({
      name: "TITLE",
      columns: [
        { header: "NAME", as: undefined },
        { header: "RENEWS", as: "date" },
        { header: "DAYS", as: "number" },
      ],
      rows: [
        ["Zed", "2026-12-01", "30"],
        ["Abe", "", "0"],
      ],
    });
  });

  test("has what was chosen and lacks what was hidden, in the order of the list", () => {
    const sheet = sheetOf({ columns: ["city", "name"] });
    expect(sheet.columns.map(({ header }) => header)).toEqual(["NAME", "CITY"]);
    expect(sheet.rows).toEqual([
      ["Zed", "IN.OMAHA"],
      ["Abe", "IN.SALEM"],
    ]);
  });

  test("never lacks the column that names the row", () => {
    expect(sheetOf({ columns: "renews" }).columns[0]).toEqual({ header: "NAME", as: undefined });
  });
});

describe("a list declared once", () => {
  test("tells its address what may be sorted, filtered and chosen", () => {
    expect(vendors.shape).toMatchObject({
      sorts: ["name"],
      filters: {},
      columns: [
        { id: "tick", shown: "usually" },
        { id: "name", shown: "always" },
        { id: "renews", shown: "usually" },
        { id: "city", shown: "on_request" },
      ],
    });
  });
});
