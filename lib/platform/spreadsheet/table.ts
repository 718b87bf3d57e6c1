import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

export const FILE_BYTES_MAX = 10_000_000;
/** With the header. */
export const ROWS_MAX = LIST_ROWS_MAX + 1;
export const COLUMNS_MAX = 60;

export type TableRow = {
  /** As a spreadsheet numbers it, from 1, empty rows counted. */
  readonly number: number;
  /** As long as the row is; what is missing at its end is simply not there. */
  readonly cells: readonly string[];
};

/** What a file holds, and how it was understood: for a reader to be told, so that they can tell us wrong. */
export type TableRead = { readonly rows: readonly TableRow[] } & (
  | {
      readonly kind: "csv";
      /** windows-1252 is a guess: what is no UTF-8 is taken for what Excel saves on a Western Windows. */
      readonly encoding: "utf-8" | "utf-16" | "windows-1252";
      readonly delimiter: "," | ";" | "\t";
    }
  | { readonly kind: "xlsx" }
);

/** Without the empty cells at its end, or null where nothing but blanks is left. */
export function tableRow(number: number, cells: readonly string[]): TableRow | null {
  if (cells.every((cell) => cell.trim() === "")) return null;
  return { number, cells: cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1) };
}
