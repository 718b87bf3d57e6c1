export type SheetColumn = {
  readonly header: string;
  /** How a spreadsheet takes the cells that are one; as text unless said otherwise. Dates are `YYYY-MM-DD`. */
  readonly as?: "number" | "date" | undefined;
};

/** A table of text, ready to be written as CSV or XLSX. */
export type Sheet = {
  /** What its tab is called. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly string[])[];
};

const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;

/** Whether the text is a plain number that every program reads and writes alike. */
export function isPlainNumber(text: string): boolean {
  return NUMBER.test(text);
}
