/** How many rows a list gives in one file, and how many an import takes. */
export const LIST_ROWS_MAX = 20_000;
