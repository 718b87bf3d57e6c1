import { stringify } from "csv-stringify/sync";
import { guardCell } from "./cell-guard.ts";
import { isPlainNumber, type Sheet } from "./sheet.ts";

/** UTF-8 with the mark that Excel wants, commas, CRLF. No cell runs as a formula; `readTable` gives every cell back. */
export function writeCsv({ columns, rows }: Sheet): Uint8Array<ArrayBuffer> {
  const numbers = columns.map((column) => column.as === "number");
  const header = columns.map((column) => guardCell(column.header));
  const body = rows.map((row) =>
    row.map((text, index) => (numbers[index] && isPlainNumber(text) ? text : guardCell(text.toWellFormed()))),
  );
  const text = stringify([header, ...body], {
    bom: true,
    record_delimiter: "windows",
    // A lone CR or LF is the end of a row to some readers.
    quoted_match: /[\r\n]/,
    // A row of one empty cell would be a blank line.
    quoted_empty: columns.length === 1,
  });
  return new TextEncoder().encode(text);
}
