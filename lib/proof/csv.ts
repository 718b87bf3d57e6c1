import { Malformed } from "#lib/proof/malformed.ts";

export type Row = readonly string[];

/** A cell a spreadsheet could run as a formula, or one that the guard below would be mistaken for. */
const NEEDS_GUARD = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * RFC 4180 text: CRLF after every row, quotes only where needed. A cell that begins with `= + - @` TAB or CR, after any
 * number of `'`, gets one more `'` in front; taking one off exactly such cells gives back every cell as it was.
 */
export function csvText(rows: readonly Row[]): string {
  return rows.map((row) => `${row.map(writeCell).join(",")}\r\n`).join("");
}

/** The rows of a text that is exactly what `csvText` writes, guards undone; Malformed, naming the row, otherwise. */
export function parseCsv(text: string, what: string): string[][] {
  const rows = splitRows(text, what).map((row) => row.map((cell) => (GUARDED.test(cell) ? cell.slice(1) : cell)));
  // One text for one table: whatever a lenient reader would read alike (stray quotes, bare LF, a lost guard) is refused.
  if (csvText(rows) !== text) throw new Malformed(`${what} is not in the exact CSV form`);
  return rows;
}

/** The rows below a header that must be exactly these columns, each as long as the header; Malformed otherwise. */
export function parseTable(text: string, columns: Row, what: string): string[][] {
  const [header, ...rows] = parseCsv(text, what);
  if (header === undefined || header.join(",") !== columns.join(",")) {
    throw new Malformed(`${what} does not have the columns ${columns.join(",")}`);
  }
  assertRectangular(rows, header.length, what);
  return rows;
}

/** Throws Malformed, naming the line, unless every row has that many cells. */
function assertRectangular(rows: readonly Row[], cells: number, what: string): void {
  rows.forEach((row, index) => {
    if (row.length !== cells)
      throw new Malformed(`${what}, row ${index + 1}, has ${row.length} cells instead of ${cells}`);
  });
}

function writeCell(cell: string): string {
  const guarded = NEEDS_GUARD.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function splitRows(text: string, what: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = 0;
  while (position < text.length) {
    const cell = text[position] === '"' ? readQuoted(text, position, what) : readPlain(text, position);
    row.push(cell.value);
    position = cell.end + 1;
    if (text[cell.end] === ",") continue;
    if (text.slice(cell.end, cell.end + 2) !== "\r\n")
      throw new Malformed(`${what}, line ${rows.length + 1}, does not end in CRLF`);
    rows.push(row);
    row = [];
    position = cell.end + 2;
  }
  if (row.length > 0) throw new Malformed(`${what} ends within a row`);
  return rows;
}

function readPlain(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && !isDelimiter(text.charCodeAt(end))) end += 1;
  return { value: text.slice(start, end), end };
}

function isDelimiter(code: number): boolean {
  return code === COMMA || code === LINE_FEED || code === CARRIAGE_RETURN;
}

function readQuoted(text: string, start: number, what: string): { value: string; end: number } {
  let from = start + 1;
  let value = "";
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new Malformed(`${what} has a quotation mark that is never closed`);
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}
