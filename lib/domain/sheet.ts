import type { z } from "zod";
import { parseInput } from "#lib/domain/parse.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { InvalidInput, Refusal, type RefusalParams } from "#lib/kernel/errors.ts";

// What an import makes of a file of rows before anything is written: which cell belongs to which column, what is wrong
// and what would be allowed, and what would change. An empty cell leaves what is on record as it is.

/** A row as a spreadsheet numbers it. */
export type SheetRow = { readonly number: number; readonly cells: readonly string[] };

/** Something that keeps a file from being imported. `code` and `params` are a refusal's; `column` is the column's id. */
export type Problem = {
  readonly row: number;
  readonly column: string | null;
  /** What the cell says, or the header; cut. */
  readonly value: string;
  readonly code: string;
  readonly params: RefusalParams;
};

/** Something that a file says and an import does not do, though it goes on. */
export type Note = { readonly code: string; readonly params: RefusalParams };

export type Change = { readonly column: string; readonly from: string | null; readonly to: string };

export const OUTCOMES = ["added", "changed", "unchanged"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a row would do. `step` is for the one who writes it down; nothing is to be written where it is null. */
export type PlannedRow<Step> = {
  readonly row: number;
  /** What the row is about, the most telling name first. */
  readonly names: readonly string[];
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
  readonly step: Step | null;
};

export type Plan<Step> = {
  readonly rows: ReadonlyArray<PlannedRow<Step>>;
  readonly problems: readonly Problem[];
  /** Headers of columns that our own files have and an import does not read. */
  readonly notRead: readonly string[];
};

/** How columns and their values are called in the languages of the product, folded for comparing. */
export type SheetWords = {
  /** Null for a column of our own files that says what is computed. */
  readonly headers: ReadonlyMap<string, string | null>;
  readonly values: Readonly<Record<string, ReadonlyMap<string, string>>>;
};

export type SheetColumn = {
  readonly id: string;
  /** Without it there is nothing to read. */
  readonly needed?: boolean;
  /** The cell is one of the words for it, or may be any text besides. */
  readonly choice?: "closed" | "open";
};

/** The cells of a row by column; what is empty, or has no column, is not there. */
export type SheetRecord = { readonly row: number; readonly cells: Readonly<Record<string, string>> };

export type SheetRead = {
  readonly records: readonly SheetRecord[];
  /** Ids of the columns that the file has. */
  readonly columns: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly notRead: readonly string[];
};

const VALUE_LENGTH_MAX = 80;

/** Reads rows, the header first, by the words for their columns. */
export function readSheet(
  rows: readonly SheetRow[],
  { columns, words }: { columns: readonly SheetColumn[]; words: SheetWords },
): SheetRead {
  const [header, ...body] = rows;
  if (header === undefined) return { records: [], columns: new Set(), problems: [], notRead: [] };
  const heads = readHeader(header, columns, words);
  const records = body.map((row) => readRecord(row, heads.columns, words));
  return {
    records: records.map(({ record }) => record),
    columns: new Set(heads.columns.flatMap((column) => (column === null ? [] : [column.id]))),
    problems: [...heads.problems, ...records.flatMap(({ problems }) => problems)],
    notRead: heads.notRead,
  };
}

type Head = SheetColumn | null;

function readHeader(header: SheetRow, columns: readonly SheetColumn[], words: SheetWords) {
  const problems: Problem[] = [];
  const notRead: string[] = [];
  const found = new Set<string>();
  const heads = header.cells.map((text): Head => {
    if (text.trim() === "") return null;
    const id = words.headers.get(foldForSearch(text));
    if (id === null) notRead.push(cut(text));
    if (id === undefined) problems.push(problem(header.number, null, text, "import.column_unknown"));
    const column = columns.find((candidate) => candidate.id === id);
    if (column === undefined) return null;
    if (found.has(column.id)) {
      problems.push(problem(header.number, column.id, text, "import.column_twice"));
      return null;
    }
    found.add(column.id);
    return column;
  });
  for (const { id, needed } of columns) {
    if (needed && !found.has(id)) problems.push(problem(header.number, id, "", "import.column_missing"));
  }
  // A cell under a header that is there, but no column of ours, has been spoken of by its header.
  const isNamed = header.cells.map((text) => text.trim() !== "");
  return { columns: heads.map((head, index) => head ?? (isNamed[index] ? SPOKEN_OF : null)), problems, notRead };
}

const SPOKEN_OF: SheetColumn = { id: "" };

function readRecord({ number, cells }: SheetRow, columns: readonly Head[], words: SheetWords) {
  const problems: Problem[] = [];
  const own: Record<string, string> = {};
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === "") continue;
    const column = columns[index] ?? null;
    if (column === null) {
      problems.push(problem(number, null, cell, "import.cell_without_header"));
      break;
    }
    if (column.id === "") continue;
    const value = column.choice === undefined ? cell : words.values[column.id]?.get(foldForSearch(cell));
    if (value !== undefined) own[column.id] = value;
    else if (column.choice === "open") own[column.id] = cell;
    else problems.push(problem(number, column.id, cell, "import.not_a_choice"));
  }
  return { record: { row: number, cells: own }, problems };
}

export function problem(
  row: number,
  column: string | null,
  value: string,
  code: string,
  params: RefusalParams = {},
): Problem {
  return { row, column, value: cut(value), code, params };
}

function cut(value: string): string {
  const characters = [...value.slice(0, VALUE_LENGTH_MAX * 4)];
  return characters.length <= VALUE_LENGTH_MAX ? value : `${characters.slice(0, VALUE_LENGTH_MAX - 1).join("")}…`;
}

/**
 * Does what a schema or a rule may refuse: its value, or what stands against it in this row. `columnOf` says which column
 * a field is, where they differ.
 */
export function tried<T>(
  record: SheetRecord,
  work: () => T,
  columnOf: Readonly<Record<string, string>> = {},
): { readonly value: T; readonly problems: null } | { readonly value: null; readonly problems: readonly Problem[] } {
  const against = (field: string | undefined, code: string, params: RefusalParams): Problem => {
    const column = field === undefined ? null : (columnOf[field] ?? field);
    return problem(record.row, column, column === null ? "" : (record.cells[column] ?? ""), code, params);
  };
  try {
    return { value: work(), problems: null };
  } catch (error) {
    if (error instanceof Refusal) return { value: null, problems: [against(error.field, error.code, error.params)] };
    if (!(error instanceof InvalidInput)) throw error;
    const issues = error.issues.map(({ path, code, params }) => against(path.split(".")[0], codeOf(code), params));
    // One cell may break a rule in many lines; the first says it.
    return { value: null, problems: [...new Map(issues.map((issue) => [issue.column, issue] as const)).values()] };
  }
}

// A form offers its choices beside the field; a file has to be told them.
function codeOf(code: string): string {
  return code === "not_a_choice" || code.startsWith("choose_") ? "import.not_a_choice" : `input.${code}`;
}

/** A row's cells as a schema takes them, or what is wrong with them. */
export function parsed<S extends z.ZodType>(
  schema: S,
  record: SheetRecord,
  raw: z.input<S>,
  columnOf: Readonly<Record<string, string>> = {},
) {
  return tried(record, () => parseInput(schema, raw), columnOf);
}

/** The first row of each key, and a problem for every other that says the same thing again. */
export function withoutRepeats<L extends { readonly record: SheetRecord; readonly key: string }>(
  lines: readonly L[],
  column: string,
): { readonly lines: readonly L[]; readonly problems: readonly Problem[] } {
  const first = new Map<string, number>();
  const problems: Problem[] = [];
  const kept = lines.filter(({ key, record }) => {
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, record.row);
      return true;
    }
    problems.push(problem(record.row, column, record.cells[column] ?? "", "import.row_twice", { row: earlier }));
    return false;
  });
  return { lines: kept, problems };
}

/** What is planned for one row, or what stands against it. */
export type PlannedLine<Step> = { readonly row: PlannedRow<Step> | null; readonly problems: readonly Problem[] };

/** All rows together: what is wrong in the order in which a person meets it, and the rows that have nothing wrong. */
export function planOf<Step>(
  { problems, notRead }: Pick<SheetRead, "problems" | "notRead">,
  earlier: readonly Problem[],
  lines: ReadonlyArray<PlannedLine<Step>>,
): Plan<Step> {
  const all = inOrder([...problems, ...earlier, ...lines.flatMap((line) => line.problems)]);
  const wrong = new Set(all.map(({ row }) => row));
  return {
    rows: lines.flatMap(({ row }) => (row === null || wrong.has(row.row) ? [] : [row])),
    problems: all,
    notRead,
  };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const placeOf = ({ row, column, code }: Problem) => `${row} ${column} ${code}`;
  const told = new Set(problems.filter(({ value }) => value !== "").map(placeOf));
  // A cell that was not understood is no cell to what comes after: it would be told once more as empty.
  return problems
    .filter((problem) => problem.value !== "" || !told.has(placeOf(problem)))
    .sort((a, b) => a.row - b.row);
}

/** Lines within a cell. */
export function cellLines(cell: string | undefined): string[] {
  return (cell ?? "").split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
}

/** Whether two texts say the same to the letter, as they are kept. */
export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;
}
