import {
  columnVisibilityFeature,
  constructTable,
  createColumnHelper,
  metaHelper,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { Column } from "./columns.ts";
import type { ListState } from "./list-state.ts";

type Meta = Pick<Column<unknown>, "numeric" | "rowHeader" | "hideOnPhone">;

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

type TableModelOptions<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  total: number;
  state: ListState;
};

/** The table as TanStack sees it: the database has searched, sorted and cut the page already. */
export function tableModel<Row extends object>({ columns, rows, rowId, total, state }: TableModelOptions<Row>) {
  const headed = columns.some((column) => column.rowHeader);
  const helper = createColumnHelper<typeof features, Row>();
  const definitions = columns.map((column, index) =>
    helper.accessor((row): unknown => column.cell(row), {
      id: column.id,
      header: column.header,
      cell: ({ row }) => column.cell(row.original),
      enableSorting: column.sortable ?? false,
      meta: {
        numeric: column.numeric,
        hideOnPhone: column.hideOnPhone,
        rowHeader: headed ? column.rowHeader : index === 0,
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
