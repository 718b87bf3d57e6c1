import { CsvError, type InfoRecord, parse } from "csv-parse/sync";
import { refuse } from "#lib/kernel/errors.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { unguardCell } from "./cell-guard.ts";
import { type TableRead, type TableRow, tableRow } from "./table.ts";

const DELIMITERS = [",", ";", "\t"] as const;
type Delimiter = (typeof DELIMITERS)[number];

// Rows of nothing but commas count for nothing, but not without end.
const RECORDS_MAX = 200_000;
const SAMPLE_RECORDS = 50;
// Excel writes, and reads, a first line that names the delimiter.
const SEPARATOR_LINE = /^sep=([,;\t])(?:\r\n|\r|\n)/i;

// A page saved under the name of a table, a PDF, a document, or bytes that are no text at all.
const OTHER_FILE = /^\s*<|^%PDF-|^\{\\rtf|\0/;

const leniently = {
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
};

export function readCsv(bytes: Uint8Array): TableRead & { kind: "csv" } {
  const { text, encoding } = decode(bytes);
  if (OTHER_FILE.test(text)) throw refuse("spreadsheet.not_a_table", {}, "file");
  const named = SEPARATOR_LINE.exec(text);
  const body = named === null ? text : text.slice(named[0].length);
  const delimiter = DELIMITERS.find((sign) => sign === named?.[1]) ?? likeliestDelimiter(body);
  return { kind: "csv", encoding, delimiter, rows: parseRows(body, delimiter) };
}

function decode(bytes: Uint8Array): { text: string; encoding: "utf-8" | "utf-16" | "windows-1252" } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "utf-16" };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "utf-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}

/** The one by which most rows are as long as the header; of equals, the one with the longer header. */
function likeliestDelimiter(text: string): Delimiter {
  const judged = DELIMITERS.map((delimiter) => {
    const [header, ...rows] = sample(text, delimiter);
    const width = header?.length ?? 0;
    const fitting = width < 2 ? 0 : 1 + rows.filter((row) => row.length === width).length;
    return { delimiter, fitting, width };
  });
  return judged.sort((a, b) => b.fitting - a.fitting || b.width - a.width)[0]?.delimiter ?? ",";
}

function sample(text: string, delimiter: Delimiter): string[][] {
  try {
    return parse(text, { ...leniently, delimiter, to: SAMPLE_RECORDS });
  } catch {
    return [];
  }
}

function parseRows(text: string, delimiter: Delimiter): TableRow[] {
  const rows: TableRow[] = [];
  const keep = (record: string[], { records, empty_lines }: InfoRecord) => {
    if (records > RECORDS_MAX) throw refuse("spreadsheet.too_many_rows", { max: LIST_ROWS_MAX }, "file");
    const row = tableRow(records + empty_lines, record.map(unguardCell));
    if (row !== null) rows.push(row);
    return null;
  };
  try {
    parse(text, { ...leniently, delimiter, on_record: keep });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== "CSV_QUOTE_NOT_CLOSED") throw refuse("spreadsheet.damaged", {}, "file");
    throw refuse("spreadsheet.unclosed_quote", { row: (rows.at(-1)?.number ?? 0) + 1 }, "file");
  }
  return rows;
}
