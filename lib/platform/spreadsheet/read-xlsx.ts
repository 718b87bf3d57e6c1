import { readSheet, SheetNotFoundError } from "read-excel-file/node";
import { refuse } from "#lib/kernel/errors.ts";
import { unguardCell } from "./cell-guard.ts";
import { COLUMNS_MAX, ROWS_MAX, type TableRead, tableRow } from "./table.ts";
import { unpackWorkbook } from "./unpack-workbook.ts";

export async function readXlsx(bytes: Uint8Array, sheet: string | undefined): Promise<TableRead & { kind: "xlsx" }> {
  const workbook = await unpackWorkbook(bytes, { rowsMax: ROWS_MAX, columnsMax: COLUMNS_MAX });
  const rows = await readCells(workbook, sheet);
  return {
    kind: "xlsx",
    rows: rows.flatMap(
      (cells, index) =>
        tableRow(
          index + 1,
          cells.map((cell) => unguardCell(textOf(cell))),
        ) ?? [],
    ),
  };
}

type CellValue = string | number | boolean | Date | null;

async function readCells(workbook: Buffer, sheet: string | undefined): Promise<CellValue[][]> {
  try {
    return (await readSheet(workbook, sheet ?? 1, { trim: false })) as CellValue[][];
  } catch (error) {
    if (error instanceof SheetNotFoundError) throw refuse("spreadsheet.no_such_sheet", { sheet: sheet ?? "1" }, "file");
    throw refuse("spreadsheet.damaged", {}, "file");
  }
}

/** Dates as in ISO 8601, without a time where it is midnight; numbers and truth values as a spreadsheet writes them. */
function textOf(cell: CellValue): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (!(cell instanceof Date)) return String(cell);
  const seconds = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString().slice(0, 19);
  return seconds.endsWith("T00:00:00") ? seconds.slice(0, 10) : seconds;
}
