import { useLocale, useTranslations } from "next-intl";
import type { List } from "./define-list.ts";
import { ListFrame, type ListFrameProps } from "./list-frame.tsx";
import { ListTable } from "./list-table.tsx";

type DataTableProps<Row, Extra> = ListFrameProps & {
  list: List<Row, Extra>;
  /** The rows of this page only. */
  rows: readonly Row[];
  rowHref?: ((row: Row) => string) | undefined;
  /** What the cells are read with, but for words and language. */
  facts: { readonly timeZone: string; readonly today: string } & Extra;
};

/** A list of records: rendered on the server, steered by its address alone. */
export function DataTable<Row extends object, Extra = object>(props: DataTableProps<Row, Extra>) {
  const { list, rows, rowHref, facts, ...frame } = props;
  const t = useTranslations(list.words);
  const locale = useLocale();
  return (
    <ListFrame {...frame} list={list} shown={rows.length}>
      <ListTable
        list={list}
        address={{ path: frame.path, state: frame.state, shape: list.shape }}
        rows={rows}
        total={frame.total}
        rowHref={rowHref}
        facts={{ ...facts, t, locale }}
      />
    </ListFrame>
  );
}
