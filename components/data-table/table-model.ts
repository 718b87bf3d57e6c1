import {
  columnVisibilityFeature,
  constructTable,
  createColumnHelper,
  metaHelper,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { Column, ListFacts } from "./columns.ts";
import type { ListState } from "./list-state.ts";

type Meta = Pick<Column<unknown>, "numeric" | "rowHeader" | "hideOnPhone" | "pageOnly">;

/** A table drawn once on the server never changes, so its state is plain values nobody can subscribe to. */
function atom<T>(read: () => T) {
  return { get: read, subscribe: () => ({ unsubscribe: () => {} }) };
}

function isUpdater<T>(change: T | ((previous: T) => T)): change is (previous: T) => T {
  return typeof change === "function";
}

const features = tableFeatures({
  coreReactivityFeature: {
    createOptionsStore: false,
    wrapExternalAtoms: false,
    addSubscription: () => {},
    batch: (work) => work(),
    schedule: (work) => work(),
    untrack: (read) => read(),
    createReadonlyAtom: (read) => atom(read),
    createWritableAtom: <T>(initial: T) => {
      let value = initial;
      const set = (change: T | ((previous: T) => T)) => {
        value = isUpdater(change) ? change(value) : change;
      };
      return { ...atom(() => value), set };
    },
  },
  rowSortingFeature,
  rowPaginationFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<Meta>(),
});

type TableModelOptions<Row, Extra> = {
  /** Those that are shown. */
  columns: readonly Column<Row, Extra>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  total: number;
  state: ListState;
  facts: ListFacts & Extra;
};

/** The table as TanStack sees it: the database has searched, sorted and cut the page already. */
export function tableModel<Row extends object, Extra>(options: TableModelOptions<Row, Extra>) {
  const { columns, rows, rowId, total, state, facts } = options;
  const helper = createColumnHelper<typeof features, Row>();
  const definitions = columns.map((column) =>
    helper.accessor((row): unknown => [column, ...(column.also ?? [])].map(({ text }) => text(row, facts)).join("\n"), {
      id: column.id,
      header: facts.t(column.header),
      cell: ({ row }) => (column.cell ?? column.text)(row.original, facts),
      enableSorting: column.sortable ?? false,
      meta: {
        numeric: column.numeric,
        hideOnPhone: column.hideOnPhone,
        rowHeader: column.rowHeader,
        pageOnly: column.pageOnly,
      },
    }),
  );
  return constructTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    manualPagination: true,
    rowCount: total,
    state: {
      sorting: state.sort ? [{ id: state.sort.by, desc: state.sort.descending }] : [],
      pagination: { pageIndex: state.page - 1, pageSize: state.size },
      columnVisibility: {},
    },
  });
}
