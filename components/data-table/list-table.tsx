import { FlexRender } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ScrollRegion } from "#components/ui/table.tsx";
import { cn } from "#lib/kernel/cn.ts";
import type { Column } from "./columns.ts";
import type { ListAddress } from "./list-controls.tsx";
import { listHref, nextSort } from "./list-state.ts";
import { tableModel } from "./table-model.ts";

type ListTableProps<Row> = {
  label: string;
  list: ListAddress;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  total: number;
  rowId: (row: Row) => string;
  rowHref?: ((row: Row) => string) | undefined;
};

/** The rows of one page. On a phone each row is a block of labelled lines; on paper it is a table again. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { label, list, columns, rows, rowId, rowHref, total } = props;
  const table = tableModel({ columns, rows, rowId, total, state: list.state });
  return (
    <ScrollRegion label={label} sticky>
      <table className="w-full border-collapse text-sm max-sm:block print:table">
        <caption className="sr-only">{label}</caption>
        <thead className="max-sm:hidden print:table-header-group">
          <tr>
            {table.getFlatHeaders().map(({ id, column }) => (
              <HeaderCell
                key={id}
                list={list}
                by={column.id}
                label={String(column.columnDef.header)}
                numeric={column.columnDef.meta?.numeric}
                sorted={column.getCanSort() ? column.getIsSorted() : undefined}
              />
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block print:table-row-group">
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className="relative border-b max-sm:block max-sm:py-2.5 sm:hover:bg-hover print:table-row">
              {row.getVisibleCells().map((cell) => {
                const content = <FlexRender cell={cell} />;
                const { header, meta } = cell.column.columnDef;
                if (!meta?.rowHeader)
                  return <Cell key={cell.id} label={String(header)} meta={meta} content={content} />;
                return <RowHeader key={cell.id} href={rowHref?.(row.original)} content={content} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

type Sorted = false | "asc" | "desc";

type HeaderCellProps = {
  list: ListAddress;
  by: string;
  label: string;
  numeric: boolean | undefined;
  /** Undefined where the list has no order by this column. */
  sorted: Sorted | undefined;
};

function HeaderCell({ list, by, label, numeric, sorted }: HeaderCellProps) {
  return (
    <th
      scope="col"
      aria-sort={ariaSort(sorted)}
      className={cn(
        "whitespace-nowrap border-b h-9 bg-surface px-3 align-middle font-medium text-muted lg:sticky lg:top-13 lg:z-10 print:static",
        numeric ? "text-right" : "text-left",
      )}
    >
      {sorted === undefined ? (
        label
      ) : (
        <Link
          prefetch={false}
          scroll={false}
          href={listHref(list.path, list, { sort: nextSort(list.state, by) })}
          className={cn("inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink", sorted && "text-ink")}
        >
          {label}
          <SortIcon sorted={sorted} />
        </Link>
      )}
    </th>
  );
}

function SortIcon({ sorted }: { sorted: Sorted }) {
  const Icon = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ArrowUpDown;
  return <Icon className={cn("size-3.5 print:hidden", !sorted && "opacity-50")} aria-hidden="true" />;
}

function ariaSort(sorted: Sorted | undefined) {
  if (!sorted) return undefined;
  return sorted === "asc" ? "ascending" : "descending";
}

/** The whole row leads to the record; another link in it has to stand above this one with `relative z-1`. */
function RowHeader({ href, content }: { href: string | undefined; content: ReactNode }) {
  return (
    <th
      scope="row"
      className="px-3 py-2 text-left align-top font-medium max-sm:block max-sm:px-0 max-sm:py-0.5 max-sm:text-base print:table-cell"
    >
      {href ? (
        <Link
          prefetch={false}
          href={href}
          className="text-accent underline-offset-2 after:absolute after:inset-0 hover:underline"
        >
          {content}
        </Link>
      ) : (
        content
      )}
    </th>
  );
}

type CellProps = {
  label: string;
  meta: Pick<Column<unknown>, "numeric" | "hideOnPhone"> | undefined;
  content: ReactNode;
};

function Cell({ label, meta, content }: CellProps) {
  return (
    <td
      data-label={label}
      className={cn(
        "px-3 py-2 align-top max-sm:flex max-sm:gap-2 max-sm:px-0 max-sm:py-0.5 print:table-cell",
        "max-sm:before:w-28 max-sm:before:shrink-0 max-sm:before:text-muted max-sm:before:content-[attr(data-label)] print:before:content-none",
        meta?.numeric && "sm:text-right",
        meta?.hideOnPhone && "max-sm:hidden",
      )}
    >
      {content}
    </td>
  );
}
