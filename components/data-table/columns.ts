import type { ReactNode } from "react";

/** The words of the list's own file, as `useTranslations` and `getTranslations` give them. */
export type Words = {
  (key: string, params?: Record<string, string | number | Date>): string;
  has(key: string): boolean;
};

/** What a row is read with, on the page and in a file alike. */
export type ListFacts = {
  readonly t: Words;
  readonly locale: string;
  /** The clinic's. */
  readonly timeZone: string;
  /** The calendar date in that zone. */
  readonly today: string;
};

/** One column of a file. */
export type FileColumn<Row> = {
  /** The key of its heading in the list's words. */
  readonly header: string;
  /**
   * What the cell says as plain text, for CSV and XLSX. Dates as `YYYY-MM-DD`, so that every program sorts them and an
   * import reads them back.
   */
  readonly text: (row: Row, facts: ListFacts) => string;
  /** How a spreadsheet takes it; as text unless said otherwise. */
  readonly as?: "number" | "date" | undefined;
};

export type Column<Row, Extra = object> = FileColumn<Row> & {
  /** Also the name to sort by, and to choose it by in an address. */
  readonly id: string;
  /** How it looks on the page; the text itself where this is left out. */
  readonly cell?: ((row: Row, facts: ListFacts & Extra) => ReactNode) | undefined;
  /** What else the cell says: columns of their own in a file, beside this one. */
  readonly also?: readonly FileColumn<Row>[] | undefined;
  readonly sortable?: boolean | undefined;
  readonly numeric?: boolean | undefined;
  /** Names the row: its cell is the row's heading and carries the link. The first column unless another says so. */
  readonly rowHeader?: boolean | undefined;
  /** Left out where there is no room for it; the record's own page has it. */
  readonly hideOnPhone?: boolean | undefined;
  /** Not shown until somebody chooses it. */
  readonly onRequest?: boolean | undefined;
  /** Of the page alone: a tick box, a button. Never in a file or on paper. */
  readonly pageOnly?: boolean | undefined;
};
