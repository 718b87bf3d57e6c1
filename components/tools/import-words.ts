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
  const isOnRecord = (name: string) => name === "is" && column !== null;
  const said = Object.entries(params).map(([name, value]) => {
    if (typeof value !== "string") return [name, value];
    return [name, isOnRecord(name) ? valueWord(saying, kind, column ?? "", value) : dated(value, locale)];
  });
  return t(`refusals.${code}`, {
    columns: COLUMNS[kind].map(({ id }) => columnWord(saying, kind, id)).join(", "),
    column: column === null ? "" : columnWord(saying, kind, column),
    allowed: column === null ? "" : allowedWords(saying, kind, column),
    ...Object.fromEntries(said),
  });
}

export function noteWords({ t, locale }: ImportSaying, { code, params }: Note): string {
  const said = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === "string" ? dated(value, locale) : value,
  ]);
  return t(`refusals.${code}`, Object.fromEntries(said));
}

function dated(value: string, locale: string): string {
  return isCalendarDate(value) ? dateText(value, locale) : value;
}

/** What a file can't do, and the page where it is done: below the clinic's own address, by its word in import.way. */
const WAYS_ON: Readonly<Record<string, { label: string; path: (params: Note["params"]) => string }>> = {
  "import.role_kept": { label: "role", path: ({ memberId }) => `/people/${memberId}/role` },
  "import.last_day_kept": { label: "person", path: ({ memberId }) => `/people/${memberId}` },
  "import.location_unknown": { label: "locations", path: () => "/people/locations" },
  "location.closed": { label: "locations", path: () => "/people/locations" },
  "import.note.has_left": { label: "person", path: ({ memberId }) => `/people/${memberId}` },
  "import.note.invited_already": {
    label: "invitation",
    path: ({ invitationId }) => `/people/invitations/${invitationId}`,
  },
};

export function wayOn({ t }: ImportSaying, { code, params }: Note): { href: string; label: string } | null {
  const way = WAYS_ON[code];
  return way === undefined ? null : { href: way.path(params), label: t(`import.way.${way.label}`) };
}
