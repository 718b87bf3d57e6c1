/** Which rows of a list are shown and in which order. All of it lives in the address, so a link is a view. */
export type ListState = {
  q: string;
  sort: ListSort | undefined;
  page: number;
  size: number;
  filters: Readonly<Record<string, readonly string[]>>;
  /** The ids of the columns that are shown, in the list's order. */
  columns: readonly string[];
};

export type ListSort = { by: string; descending: boolean };

/** What a list may be asked for. Anything else in an address is ignored, never an error. */
export type ListShape = {
  searchable?: boolean | undefined;
  sorts: readonly string[];
  defaultSort?: ListSort | undefined;
  /** Filter name → the values it knows. Names are not q, sort, page, size or columns. */
  filters?: Readonly<Record<string, readonly string[]>> | undefined;
  sizes?: readonly number[] | undefined;
  columns?: readonly ListColumn[] | undefined;
};

export type ListColumn = { readonly id: string; readonly shown: "always" | "usually" | "on_request" };

/** A list at its address: where it is, what is shown of it, and what may be asked for. */
export type ListAddress = { readonly path: string; readonly state: ListState; readonly shape: ListShape };

/** A filter in words, as a page offers it. */
export type ListFilter = {
  name: string;
  label: string;
  options: readonly { value: string; label: string; count?: number | undefined }[];
};

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export const standardSizes: readonly number[] = [25, 50, 100];

const longestSearch = 200;
// Keeps the offset a database has to skip within reason; nobody pages further by hand.
const lastPage = 10_000;
const BLANK = /^[\p{Default_Ignorable_Code_Point}\s]*$/u;

export function parseListState(params: SearchParams, shape: ListShape): ListState {
  const sizes = shape.sizes ?? standardSizes;
  const size = wholeNumber(first(params.size));
  return {
    q: shape.searchable ? searchText(first(params.q)) : "",
    sort: parseSort(first(params.sort), shape),
    page: Math.min(Math.max(wholeNumber(first(params.page)) ?? 1, 1), lastPage),
    size: size !== undefined && sizes.includes(size) ? size : (sizes[0] ?? 25),
    filters: parseFilters(params, shape.filters ?? {}),
    columns: parseColumns(params.columns, shape.columns ?? []),
  };
}

/** The columns of a list that nobody has changed. */
export function usualColumns(shape: ListShape): readonly string[] {
  return (shape.columns ?? []).filter((column) => column.shown !== "on_request").map((column) => column.id);
}

export function hasUsualColumns(state: ListState, shape: ListShape): boolean {
  return state.columns.join() === usualColumns(shape).join();
}

/** The query of the state without what is the default anyway: "" or "?q=scribe&page=2". */
export function formatListState(state: ListState, shape: ListShape): string {
  const params = new URLSearchParams();
  if (state.q) params.set("q", state.q);
  for (const [name, values] of Object.entries(state.filters)) for (const value of values) params.append(name, value);
  if (state.sort && !isSameSort(state.sort, shape.defaultSort)) params.set("sort", formatSort(state.sort));
  if (state.size !== (shape.sizes ?? standardSizes)[0]) params.set("size", String(state.size));
  if (!hasUsualColumns(state, shape)) for (const id of state.columns) params.append("columns", id);
  if (state.page > 1) params.set("page", String(state.page));
  const query = params.toString();
  return query && `?${query}`;
}

/** The address of the list with something changed. Every change but a page turn goes back to the first page. */
export function listHref(
  path: string,
  list: { state: ListState; shape: ListShape },
  change: Partial<ListState>,
): string {
  return path + formatListState({ ...list.state, page: 1, ...change }, list.shape);
}

/** Sorted the other way round when it is sorted by this already. */
export function nextSort(state: ListState, by: string): ListSort {
  return { by, descending: state.sort?.by === by && !state.sort.descending };
}

/** The filter with one value put in or taken out. */
export function toggleFilter(state: ListState, name: string, value: string): ListState["filters"] {
  const chosen = state.filters[name] ?? [];
  const values = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  const { [name]: _, ...others } = state.filters;
  return values.length > 0 ? { ...others, [name]: values } : others;
}

export function isNarrowed(state: ListState): boolean {
  return state.q !== "" || Object.keys(state.filters).length > 0;
}

export function pageCount(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size));
}

/** The pages worth a link: the first, the last, and those around the one that is open. */
export function pagesAround(page: number, count: number): number[] {
  const wanted = [1, page - 1, page, page + 1, count].filter((candidate) => candidate >= 1 && candidate <= count);
  return [...new Set(wanted)].sort((a, b) => a - b);
}

export function formatSort(sort: ListSort): string {
  return sort.descending ? `-${sort.by}` : sort.by;
}

function parseSort(text: string, shape: ListShape): ListSort | undefined {
  const descending = text.startsWith("-");
  const by = descending ? text.slice(1) : text;
  return shape.sorts.includes(by) ? { by, descending } : shape.defaultSort;
}

function isSameSort(sort: ListSort, other: ListSort | undefined): boolean {
  return sort.by === other?.by && sort.descending === other.descending;
}

function parseFilters(params: SearchParams, known: NonNullable<ListShape["filters"]>): ListState["filters"] {
  const chosen = Object.entries(known).map(([name, values]) => {
    const asked = new Set([params[name] ?? []].flat());
    return [name, values.filter((value) => asked.has(value))] as const;
  });
  return Object.fromEntries(chosen.filter(([, values]) => values.length > 0));
}

// A form whose every box is empty sends nothing at all, and then the list is as usual.
function parseColumns(asked: SearchParams[string], known: readonly ListColumn[]): readonly string[] {
  const chosen = [asked ?? []].flat();
  const isShown = ({ id, shown }: ListColumn) =>
    shown === "always" || (chosen.length === 0 ? shown === "usually" : chosen.includes(id));
  return known.filter(isShown).map((column) => column.id);
}

/** Without what a database refuses (NUL, half a surrogate pair) or nobody can have meant. */
function searchText(typed: string): string {
  const printable = typed
    .slice(0, longestSearch * 4)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ");
  const text = [...printable.replace(/\s+/g, " ").trim()].slice(0, longestSearch).join("").trim();
  return BLANK.test(text) ? "" : text;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Of a parameter that was given twice, the first counts. */
function first(value: string | readonly string[] | undefined): string {
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}
