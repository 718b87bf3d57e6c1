import type { ListFacts } from "./columns.ts";
import { type List, shownColumns } from "./define-list.ts";
import type { ListState } from "./list-state.ts";

export type ListSheet = {
  readonly name: string;
  readonly columns: readonly { readonly header: string; readonly as?: "number" | "date" | undefined }[];
  readonly rows: readonly (readonly string[])[];
};

/** The rows as a table of text: the columns that are shown, in the order in which they are shown. */
export function listSheet<Row>(
  list: List<Row, never>,
  state: ListState,
  rows: readonly Row[],
  facts: ListFacts,
): ListSheet {
  const columns = shownColumns(list.columns, state.columns)
    .filter((column) => !column.pageOnly)
    .flatMap((column) => [column, ...(column.also ?? [])]);
  return {
    name: facts.t(list.title),
    columns: columns.map(({ header, as }) => ({ header: facts.t(header), as })),
    rows: rows.map((row) => columns.map((column) => column.text(row, facts))),
  };
}
