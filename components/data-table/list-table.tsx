import { FlexRender } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ScrollRegion } from "#components/ui/table.tsx";
import { cn } from "#lib/kernel/cn.ts";
import type { Column, ListFacts } from "./columns.ts";
import { type List, shownColumns } from "./define-list.ts";
import { type ListAddress, listHref, nextSort } from "./list-state.ts";
import { tableModel } from "./table-model.ts";

type ListTableProps<Row, Extra> = {
  list: List<Row, Extra>;
  address: ListAddress;
  rows: readonly Row[];
  total: number;
  rowHref?: ((row: Row) => string) | undefined;
  facts: ListFacts & Extra;
};

/** The rows of one page. On a phone each row is a block of labelled lines; on paper it is a table again. */
export function ListTable<Row extends object, Extra>(props: ListTableProps<Row, Extra>) {
  const { list, address, rows, total, rowHref, facts } = props;
  const columns = shownColumns(list.columns, address.state.columns);
  const table = tableModel({ columns, rows, rowId: list.rowId, total, state: address.state, facts });
  const label = facts.t(list.title);
  const sticky = stickyFrom(columns.length);
  return (
    <ScrollRegion label={label} className={sticky.region}>
      <table className="w-full border-collapse text-sm max-sm:block print:table">
        <caption className="sr-only">{label}</caption>
        <thead className="max-sm:hidden print:table-header-group">
          <tr>
            {table.getFlatHeaders().map(({ id, column }) => (
              <HeaderCell
                key={id}
                list={address}
                by={column.id}
                label={String(column.columnDef.header)}
                meta={column.columnDef.meta}
                sorted={column.getCanSort() ? column.getIsSorted() : undefined}
                sticky={sticky.heading}
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
                  return (
                    <Cell
                      key={cell.id}
                      label={String(header)}
                      meta={meta}
                      content={content}
                      text={String(cell.getValue())}
                      isRoomy={columns.length > SURE_TO_FIT}
                    />
                  );
                return <RowHeader key={cell.id} href={rowHref?.(row.original)} content={content} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

// The widest table, by its columns, that fits beside the menu of a large screen.
const SURE_TO_FIT = 7;

/**
 * Where the table is sure to fit, nothing scrolls inside it and its headings stick to the page's top; a table too wide
 * for that scrolls in its own region, never the page.
 */
function stickyFrom(columns: number): { region: string; heading: string } {
  if (columns <= 5) return { region: "lg:overflow-visible", heading: "lg:sticky lg:top-13 lg:z-10" };
  if (columns <= SURE_TO_FIT) return { region: "xl:overflow-visible", heading: "xl:sticky xl:top-13 xl:z-10" };
  return { region: "", heading: "" };
}

type Sorted = false | "asc" | "desc";

type HeaderCellProps = {
  list: ListAddress;
  by: string;
  label: string;
  meta: CellMeta | undefined;
  /** Undefined where the list has no order by this column. */
  sorted: Sorted | undefined;
  sticky: string;
};

function HeaderCell({ list, by, label, meta, sorted, sticky }: HeaderCellProps) {
  return (
    <th
      scope="col"
      aria-sort={ariaSort(sorted)}
      className={cn(
        "border-b h-9 bg-surface px-3 py-1.5 align-middle font-medium text-muted print:static",
        sticky,
        meta?.numeric ? "text-right" : "text-left",
        meta?.pageOnly && "print:hidden",
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
      className="min-w-36 px-3 py-2 text-left align-top font-medium wrap-anywhere max-sm:block max-sm:px-0 max-sm:py-0.5 max-sm:text-base print:table-cell"
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

type CellMeta = Pick<Column<unknown>, "numeric" | "hideOnPhone" | "pageOnly">;

type CellProps = {
  label: string;
  meta: CellMeta | undefined;
  content: ReactNode;
  /** All that it says. */
  text: string;
  /** Whether the table may be wider than its place, and scrolls in it. */
  isRoomy: boolean;
};

// A word that would push the table beyond the page; shorter ones are never broken.
const LONG_WORD = /\S{15}/;
// What would stand word below word in a narrow column.
const LONG_TEXT = /.{20}/s;

function Cell({ label, meta, content, text, isRoomy }: CellProps) {
  return (
    <td
      data-label={label}
      className={cn(
        "px-3 py-2 align-top max-sm:flex max-sm:gap-2 max-sm:px-0 max-sm:py-0.5",
        meta?.pageOnly ? "print:hidden" : "print:table-cell",
        "max-sm:before:w-28 max-sm:before:shrink-0 max-sm:before:text-muted max-sm:before:content-[attr(data-label)] print:before:content-none",
        LONG_WORD.test(text) && "min-w-30 wrap-anywhere",
        isRoomy && LONG_TEXT.test(text) && "sm:not-print:min-w-40",
        text.includes("\n") && "whitespace-pre-line",
        meta?.numeric && "sm:text-right",
        meta?.hideOnPhone && "max-sm:hidden",
      )}
    >
      {content}
    </td>
  );
}
