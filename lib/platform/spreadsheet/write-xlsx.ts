import writeExcelFile, { type Cell } from "write-excel-file/node";
import { isCalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { guardTypedCell } from "./cell-guard.ts";
import { isPlainNumber, type Sheet, type SheetColumn } from "./sheet.ts";

const CELL_LENGTH_MAX = 32_767;
const SHEET_NAME_LENGTH_MAX = 31;
const WIDTH_MAX = 60;
// Before this day Excel counts a 29 February 1900 that never was.
const FIRST_DATE = "1900-03-01";

/** A workbook of one sheet. Text cells are of the type text, so none runs as a formula. */
export async function writeXlsx({ name, columns, rows }: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const header = columns.map((column): Cell => ({ ...textCell(column.header), fontWeight: "bold" }));
  const body = rows.map((row) => row.map((text, index) => cellOf(text, columns[index]?.as)));
  const written = await writeExcelFile([header, ...body], {
    sheet: sheetName(name),
    columns: columns.map((column, index) => ({ width: widthOf(column, index, rows) })),
    stickyRowsCount: 1,
  }).toBuffer();
  return new Uint8Array(written);
}

function cellOf(text: string, as: SheetColumn["as"]): Cell {
  if (as === "number" && isPlainNumber(text)) return { value: Number(text), type: Number };
  if (as === "date" && isCalendarDate(text) && text >= FIRST_DATE)
    return { value: toDatabaseDate(text), type: Date, format: "yyyy-mm-dd" };
  return text === "" ? null : textCell(text);
}

function textCell(text: string): { value: string; type: StringConstructor } {
  return { value: encodeText(guardTypedCell(text)), type: String };
}

const ALREADY_ENCODED = /_(?=x[0-9A-Fa-f]{4}_)/g;
// XML 1.0 can't hold these, turns CR into LF, and the writer drops what XML merely advises against.
const NOT_IN_XML = /(?![\t\n])\p{Cc}|\uFFFD|\p{Noncharacter_Code_Point}/gu;

// As Office does it: `_x000D_` for a character, and `_x005F_` for an underscore that would be mistaken for one.
function encodeText(text: string): string {
  const cut = text.length > CELL_LENGTH_MAX ? `${text.slice(0, CELL_LENGTH_MAX - 1)}…` : text;
  const encoded = cut.toWellFormed().replace(ALREADY_ENCODED, "_x005F_").replace(NOT_IN_XML, encodeCharacter);
  // The writer looks texts up in a plain object, where "constructor" is something else.
  return encoded in {} ? encoded.replace(/^./, encodeCharacter) : encoded;
}

function encodeCharacter(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `_x${unit.toString(16).toUpperCase().padStart(4, "0")}_`).join("");
}

function sheetName(name: string): string {
  const allowed = name.replace(/[[\]/\\:*?'\p{Cc}]+/gu, " ").trim();
  return [...allowed].join("").slice(0, SHEET_NAME_LENGTH_MAX).toWellFormed().trim() || "1";
}

function widthOf(column: SheetColumn, index: number, rows: Sheet["rows"]): number {
  const longest = rows
    .slice(0, 200)
    .reduce((most, row) => Math.max(most, row[index]?.length ?? 0), column.header.length);
  return Math.min(Math.max(longest + 2, 8), WIDTH_MAX);
}
