import type { Column } from "./columns.ts";
import type { ListShape, ListSort } from "./list-state.ts";

export type FilterDeclared = {
  /** Its name in an address. */
  readonly name: string;
  /** The key of its label in the list's words. */
  readonly label: string;
  readonly values: readonly string[];
  /** The word of a value stands under `<words>.<value>`. */
  readonly words: string;
};

export type ListDeclared<Row, Extra = object> = {
  /** Names the downloaded file: letters, digits and dashes. */
  readonly name: string;
  /** The file of messages that the keys below stand in. */
  readonly words: string;
  /** The key of what the rows are: the table's name. */
  readonly title: string;
  /** The key of the search box's label; without one the list can't be searched. */
  readonly search?: string | undefined;
  readonly columns: readonly Column<Row, Extra>[];
  readonly rowId: (row: Row) => string;
  readonly filters?: readonly FilterDeclared[] | undefined;
  readonly defaultSort?: ListSort | undefined;
  readonly sizes?: readonly number[] | undefined;
};

export type List<Row, Extra = object> = ListDeclared<Row, Extra> & {
  /** What its address may ask for: `parseListState(await searchParams, list.shape)`. */
  readonly shape: ListShape;
};

/** Declares a list once, for its page, its files and paper. */
export function defineList<Row, Extra = object>(list: ListDeclared<Row, Extra>): List<Row, Extra> {
  const named = list.columns.some((column) => column.rowHeader);
  const columns = list.columns.map((column, index) => ({
    ...column,
    rowHeader: named ? column.rowHeader : index === 0,
  }));
  return {
    ...list,
    columns,
    shape: {
      searchable: list.search !== undefined,
      sorts: columns.filter((column) => column.sortable).map((column) => column.id),
      defaultSort: list.defaultSort,
      filters: Object.fromEntries((list.filters ?? []).map((filter) => [filter.name, filter.values])),
      sizes: list.sizes,
      columns: columns.map((column) => ({
        id: column.id,
        shown: column.rowHeader ? "always" : column.onRequest ? "on_request" : "usually",
      })),
    },
  };
}

/** The columns that the address asks for, in the list's order. */
export function shownColumns<C extends { readonly id: string }>(columns: readonly C[], chosen: readonly string[]): C[] {
  return columns.filter((column) => chosen.includes(column.id));
}
