import { csvText, parseCsv, type Row } from "#lib/proof/csv.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** A value of a table: numbers are whole and at most 2^53 − 1 either way; whatever else is text. */
export type Cell = string | number | boolean | null;

/** A table as a pack carries it twice, for a spreadsheet and for a program. */
export type Table = { readonly columns: Row; readonly rows: ReadonlyArray<readonly Cell[]> };

const COLUMN = /^[A-Za-z][A-Za-z0-9_]*$/;

/** The CSV of a table: null is empty, booleans are true and false. */
export function tableCsv(table: Table): string {
  assertTable(table);
  return csvText([table.columns, ...table.rows.map((row) => row.map(cellText))]);
}

/** The JSON of a table: an array with one row a line, each an object whose members stand in the order of the columns. */
export function tableJson(table: Table): string {
  assertTable(table);
  const lines = table.rows.map(
    (row) => `{${row.map((cell, index) => memberText(table.columns[index], cell)).join(",")}}`,
  );
  return lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`;
}

/**
 * The table that a CSV and a JSON file both tell; `what` is their path without extension. Throws Malformed, naming the
 * row, when one of them is not in its exact form or the two differ.
 */
export function parseTablePair(csv: string, json: string, what: string): Table {
  const [columns, ...csvRows] = parseCsv(csv, `${what}.csv`);
  if (columns === undefined) throw new Malformed(`${what}.csv has no header`);
  const rows = parseRows(json, columns, `${what}.json`);
  const table = { columns, rows };
  if (!isTable(table) || tableJson(table) !== json)
    throw new Malformed(`${what}.json is not in the exact form of a table`);
  rows.forEach((row, index) => {
    if (!sameCells(row.map(cellText), csvRows[index]))
      throw new Malformed(`${what}.csv and ${what}.json differ in row ${index + 1}`);
  });
  if (csvRows.length !== rows.length)
    throw new Malformed(`${what}.csv has ${csvRows.length} rows and ${what}.json ${rows.length}`);
  return table;
}

/** The cells of one column as text, row by row; Malformed when the table has no such column. */
export function columnOf(table: Table, column: string, what: string): string[] {
  const index = table.columns.indexOf(column);
  if (index < 0) throw new Malformed(`${what} has no column ${column}`);
  return table.rows.map((row) => cellText(row[index] ?? null));
}

function parseRows(json: string, columns: Row, what: string): Cell[][] {
  const parsed = parseJson(json, what);
  if (!Array.isArray(parsed)) throw new Malformed(`${what} is not an array of rows`);
  return parsed.map((row: unknown, index) => {
    const members = row !== null && typeof row === "object" && !Array.isArray(row) ? Object.entries(row) : [];
    const names = members.map(([name]) => name);
    if (!sameCells(names, columns))
      throw new Malformed(`${what}, row ${index + 1}, does not have the columns of its CSV`);
    return members.map(([, value]) => asCell(value, `${what}, row ${index + 1},`));
  });
}

function asCell(value: unknown, where: string): Cell {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new Malformed(`${where} has a value that is neither text, whole number, true, false nor null`);
}

function assertTable(table: Table): void {
  if (!isTable(table))
    throw new Malformed("a table needs differing plain column names, rows as long as they, and whole numbers");
}

function isTable({ columns, rows }: Table): boolean {
  const plainColumns = columns.every((column) => COLUMN.test(column)) && new Set(columns).size === columns.length;
  return columns.length > 0 && plainColumns && rows.every((row) => row.length === columns.length && row.every(isCell));
}

function isCell(cell: Cell): boolean {
  if (typeof cell === "string") return cell.isWellFormed();
  return typeof cell !== "number" || Number.isSafeInteger(cell);
}

function memberText(column: string | undefined, cell: Cell): string {
  return `${JSON.stringify(column)}:${JSON.stringify(cell)}`;
}

function cellText(cell: Cell): string {
  return cell === null ? "" : String(cell);
}

function sameCells(left: Row, right: Row | undefined): boolean {
  return right !== undefined && left.length === right.length && left.every((cell, index) => cell === right[index]);
}

function parseJson(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Malformed(`${what} is not JSON`);
  }
}
