import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Column } from "./columns.ts";
import { type ListAddress, ListControls, type ListFilter } from "./list-controls.tsx";
import { ListFooter } from "./list-footer.tsx";
import { isNarrowed, type ListShape, type ListState, listHref, pageCount } from "./list-state.ts";
import { ListTable } from "./list-table.tsx";

type DataTableProps<Row> = {
  /** What the rows are: the table's name. */
  label: string;
  /** The address of the list without its query. */
  path: string;
  shape: ListShape;
  state: ListState;
  columns: readonly Column<Row>[];
  /** The rows of this page only. */
  rows: readonly Row[];
  /** How many rows there are on all pages. */
  total: number;
  rowId: (row: Row) => string;
  rowHref?: ((row: Row) => string) | undefined;
  searchLabel?: string | undefined;
  filters?: readonly ListFilter[] | undefined;
  /** Shown while the list has nothing at all, not while a search finds nothing. */
  empty: ReactNode;
};

/** A list of records: rendered on the server, steered by its address alone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, path, state, shape, columns, rows, total, rowId, rowHref } = props;
  const list: ListAddress = { path, state, shape };
  if (total === 0 && !isNarrowed(state)) return props.empty;
  return (
    <div>
      <ListControls
        list={list}
        searchLabel={props.searchLabel}
        filters={props.filters ?? []}
        sortable={columns.filter((column) => column.sortable)}
      />
      {rows.length > 0 ? (
        <ListTable {...{ label, list, columns, rows, total, rowId, rowHref }} />
      ) : (
        <NothingHere list={list} total={total} />
      )}
      <ListFooter list={list} total={total} shown={rows.length} />
    </div>
  );
}

function NothingHere({ list, total }: { list: ListAddress; total: number }) {
  const t = useTranslations("list");
  if (total > 0) {
    const last = listHref(list.path, list, { page: pageCount(total, list.state.size) });
    return <EmptyState title={t("pastTheEnd")} action={<LinkButton href={last}>{t("lastPage")}</LinkButton>} />;
  }
  const all = listHref(list.path, list, { q: "", filters: {} });
  return (
    <EmptyState title={t("nothingFound")} action={<LinkButton href={all}>{t("clear")}</LinkButton>}>
      {t("nothingFoundHelp")}
    </EmptyState>
  );
}
