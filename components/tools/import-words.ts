import type { Words } from "#components/data-table/columns.ts";
import type { Note, Problem } from "#lib/domain/sheet.ts";
import {
  COLUMN_VALUES,
  COLUMNS,
  DATE_COLUMNS,
  type ImportKind,
  VALUE_WORDS,
} from "#lib/domain/tools/imports/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { isCalendarDate } from "#lib/kernel/dates.ts";

/** In whose words an import is said: of all messages, and the locale of dates. */
export type ImportSaying = { readonly t: Words; readonly locale: string };

export function columnWord({ t }: ImportSaying, kind: ImportKind, column: string): string {
  return t(`import.column.${kind}.${column}`);
}

/** A cell's value as a reader calls it. */
export function valueWord(saying: ImportSaying, kind: ImportKind, column: string, value: string): string {
  if (DATE_COLUMNS.has(column) && isCalendarDate(value)) return dateText(value, saying.locale);
  return cellWord(saying, kind, column, value);
}

function cellWord({ t }: ImportSaying, kind: ImportKind, column: string, value: string): string {
  const words = VALUE_WORDS[kind][column];
  return words !== undefined && value !== "" && t.has(`${words}.${value}`) ? t(`${words}.${value}`) : value;
}

/** Rows of the register as a file to edit, in the reader's words: an import reads them in any language. */
export function importSheet(
  saying: ImportSaying,
  kind: ImportKind,
  rows: ReadonlyArray<Readonly<Record<string, string>>>,
) {
  const columns = COLUMNS[kind].map(({ id }) => ({
    header: columnWord(saying, kind, id),
    as: DATE_COLUMNS.has(id) ? ("date" as const) : undefined,
  }));
  const cells = rows.map((row) => COLUMNS[kind].map(({ id }) => cellWord(saying, kind, id, row[id] ?? "")));
  return { name: saying.t(`import.kind.${kind}`), columns, rows: cells };
}

/** What a cell of the column may be, where it may not be anything. */
export function allowedWords(saying: ImportSaying, kind: ImportKind, column: string): string {
  const values = COLUMN_VALUES[kind][column] ?? [];
  return values.map((value) => valueWord(saying, kind, column, value)).join(", ");
}

/** What is wrong with a cell, and what would be allowed. */
export function problemWords(saying: ImportSaying, kind: ImportKind, { code, column, params }: Problem): string {
  const { t, locale } = saying;
  const said = Object.entries(params).map(([name, value]) => {
    if (typeof value !== "string") return [name, value];
    if (name === "is" && column !== null) return [name, valueWord(saying, kind, column, value)];
    return [name, isCalendarDate(value) ? dateText(value, locale) : value];
  });
  return t(`refusals.${code}`, {
    columns: COLUMNS[kind].map(({ id }) => columnWord(saying, kind, id)).join(", "),
    column: column === null ? "" : columnWord(saying, kind, column),
    allowed: column === null ? "" : allowedWords(saying, kind, column),
    ...Object.fromEntries(said),
  });
}

export function noteWords({ t }: ImportSaying, { code, params }: Note): string {
  return t(`refusals.${code}`, { ...params });
}
