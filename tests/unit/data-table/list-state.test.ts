import { describe, expect, it } from "vitest";
import {
  formatListState,
  isNarrowed,
  type ListShape,
  listHref,
  nextSort,
  pageCount,
  pagesAround,
  parseListState,
  toggleFilter,
} from "#components/data-table/list-state.ts";

const shape: ListShape = {
  searchable: true,
  sorts: ["name", "due"],
  defaultSort: { by: "name", descending: false },
  filters: { status: ["approved", "review"], vendor: ["openai"] },
};
const parse = (params: Parameters<typeof parseListState>[0]) => parseListState(params, shape);

describe("an address of a list", () => {
  it("without parameters is the first page in the usual order", () => {
    expect(parse({})).toEqual({ q: "", sort: shape.defaultSort, page: 1, size: 25, filters: {}, columns: [] });
  });

  it("of a list that can't be searched has no search, whatever it says", () => {
    expect(parseListState({ q: "scribe" }, { ...shape, searchable: false }).q).toBe("");
  });

  it.each([
    ["-1", 1],
    ["0", 1],
    ["NaN", 1],
    ["Infinity", 1],
    ["1.5", 1],
    ["", 1],
    ["2; drop table", 1],
    ["٣", 1],
    ["1e9", 1],
    ["3", 3],
    ["1000000000", 10_000],
    ["999999999999999999999999", 1],
  ])("page=%s is page %i", (page, expected) => {
    expect(parse({ page }).page).toBe(expected);
  });

  it.each([
    ["50", 50],
    ["51", 25],
    ["-50", 25],
    ["100000", 25],
    ["x", 25],
  ])("size=%s shows %i rows", (size, expected) => {
    expect(parse({ size }).size).toBe(expected);
  });

  it("cuts a search of 10 kB and tidies its spaces", () => {
    expect([...parse({ q: "é".repeat(10_000) }).q]).toHaveLength(200);
    expect(parse({ q: "  open \n\t ai  " }).q).toBe("open ai");
  });

  it("never cuts a character in half, nor passes on what Postgres refuses", () => {
    expect(parse({ q: "🙂".repeat(5_000) }).q.isWellFormed()).toBe(true);
    expect(parse({ q: "a\u0000b\uD800c" }).q).toBe("a b\uFFFDc");
  });

  it.each(["\u200b", "\u200b \u2060", "\ufeff", " "])(
    "takes a search in which nothing can be seen for none: %j",
    (q) => {
      expect(parse({ q }).q).toBe("");
    },
  );

  it("takes the first of repeated parameters", () => {
    const state = parse({ q: ["one", "two"], page: ["2", "3"], sort: ["-due", "name"], size: ["50", "100"] });
    expect(state).toMatchObject({ q: "one", page: 2, sort: { by: "due", descending: true }, size: 50 });
  });

  it("ignores orders and filters the list does not know", () => {
    const state = parse({ sort: "-password", status: ["approved", "approved", "'--"], vendor: "deepseek", other: "x" });
    expect(state.sort).toEqual(shape.defaultSort);
    expect(state.filters).toEqual({ status: ["approved"] });
  });

  it("is not misled by names every object has", () => {
    expect(parse({ sort: "constructor", __proto__: "x", toString: "y" }).filters).toEqual({});
  });
});

describe("the columns of an address", () => {
  const columns = [
    { id: "name", shown: "always" },
    { id: "due", shown: "usually" },
    { id: "place", shown: "on_request" },
  ] as const;
  const wide: ListShape = { ...shape, columns };
  const columnsOf = (asked: string | string[] | undefined) => parseListState({ columns: asked }, wide).columns;

  it.each([
    ["nothing", undefined, ["name", "due"]],
    ["one", "place", ["name", "place"]],
    ["several, in whatever order", ["place", "due", "due"], ["name", "due", "place"]],
    ["the row's name alone", "name", ["name"]],
    ["what the list does not have", ["salary", "constructor"], ["name"]],
  ])("that names %s", (_, asked, shown) => {
    expect(columnsOf(asked)).toEqual(shown);
  });

  it("are not said while they are the usual ones, however they were chosen", () => {
    expect(formatListState(parseListState({ columns: ["due", "name"] }, wide), wide)).toBe("");
    expect(formatListState(parseListState({ columns: "place" }, wide), wide)).toBe("?columns=name&columns=place");
    expect(formatListState(parseListState({ columns: "name" }, wide), wide)).toBe("?columns=name");
  });

  it("stay through a search, a sort and a page", () => {
    const list = { state: parseListState({ columns: "place" }, wide), shape: wide };
    expect(listHref("/tools", list, { q: "x" })).toBe("/tools?q=x&columns=name&columns=place");
    expect(listHref("/tools", list, { page: 2 })).toBe("/tools?columns=name&columns=place&page=2");
  });
});

describe("a state as an address", () => {
  it("says nothing that is the default", () => {
    expect(formatListState(parse({ page: "1", size: "25", sort: "name", q: " " }), shape)).toBe("");
  });

  it("reads back as what it was", () => {
    const params = {
      q: "a&b=c #ü",
      sort: "-due",
      page: "7",
      size: "100",
      status: ["approved", "review"],
      vendor: "openai",
    };
    const state = parse(params);
    const back: Record<string, string[]> = {};
    const query = new URLSearchParams(formatListState(state, shape));
    for (const name of new Set(query.keys())) back[name] = query.getAll(name);
    expect(parse(back)).toEqual(state);
  });

  it("goes back to the first page when anything but the page changes", () => {
    const list = { state: parse({ page: "7", q: "x" }), shape };
    expect(listHref("/tools", list, { sort: { by: "due", descending: true } })).toBe("/tools?q=x&sort=-due");
    expect(listHref("/tools", list, { page: 8 })).toBe("/tools?q=x&page=8");
  });
});

describe("changes of a list", () => {
  it("turns the order round on the second click", () => {
    expect(nextSort(parse({}), "due")).toEqual({ by: "due", descending: false });
    expect(nextSort(parse({ sort: "due" }), "due")).toEqual({ by: "due", descending: true });
    expect(nextSort(parse({ sort: "-due" }), "due")).toEqual({ by: "due", descending: false });
  });

  it("puts a filter value in and takes it out again", () => {
    const once = { ...parse({}), filters: toggleFilter(parse({}), "status", "review") };
    expect(once.filters).toEqual({ status: ["review"] });
    expect(isNarrowed(once)).toBe(true);
    expect(toggleFilter(once, "status", "review")).toEqual({});
  });

  it.each([
    [0, 1],
    [25, 1],
    [26, 2],
    [20_000, 800],
  ])("%i rows make %i pages of 25", (total, pages) => {
    expect(pageCount(total, 25)).toBe(pages);
  });

  it("links the first, the last and the neighbours", () => {
    expect(pagesAround(1, 1)).toEqual([1]);
    expect(pagesAround(5, 20)).toEqual([1, 4, 5, 6, 20]);
    expect(pagesAround(20, 20)).toEqual([1, 19, 20]);
  });
});
