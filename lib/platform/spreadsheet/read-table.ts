import { refuse } from "#lib/kernel/errors.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { COLUMNS_MAX, FILE_BYTES_MAX, ROWS_MAX, type TableRead } from "./table.ts";

const ZIP = [0x50, 0x4b, 0x03, 0x04];
// The container of old Excel files, and of new ones with a password.
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const FIELD = "file";

/**
 * The rows of a CSV or XLSX file, its header first, told apart by their bytes and never by their name. Rows without any
 * text are left out, and each row keeps the number that a spreadsheet shows. The apostrophes that our own files put before
 * `= + - @` are taken off again. Refuses in words whatever can't be read; nothing of a library's message gets out.
 */
export async function readTable(bytes: Uint8Array, options: { sheet?: string | undefined } = {}): Promise<TableRead> {
  if (bytes.length === 0) throw refuse("spreadsheet.empty", {}, FIELD);
  if (bytes.length > FILE_BYTES_MAX) {
    throw refuse("spreadsheet.too_big", { megabytes: FILE_BYTES_MAX / 1_000_000 }, FIELD);
  }
  if (startsWith(bytes, OLE)) throw refuse("spreadsheet.old_or_locked", {}, FIELD);
  const table = startsWith(bytes, ZIP) ? await readXlsx(bytes, options.sheet) : readCsv(bytes);
  if (table.rows.length === 0) throw refuse("spreadsheet.empty", {}, FIELD);
  if (table.rows.length > ROWS_MAX) throw refuse("spreadsheet.too_many_rows", { max: LIST_ROWS_MAX }, FIELD);
  if (table.rows.some(({ cells }) => cells.length > COLUMNS_MAX)) {
    throw refuse("spreadsheet.too_many_columns", { max: COLUMNS_MAX }, FIELD);
  }
  return table;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
