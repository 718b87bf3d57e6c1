// What a spreadsheet may run as a formula: its first sign, also in full width and after blanks, or a control character
// that some programs pass over before it.
const STARTS_FORMULA = String.raw`(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n])`;
const NEEDS_GUARD = new RegExp(`^'*${STARTS_FORMULA}`);
const GUARDED = new RegExp(`^'+${STARTS_FORMULA}`);

/**
 * The text with one `'` in front where a spreadsheet could run it, and where it reads as if it had been given one already.
 * `unguardCell` takes exactly that one off, so every text comes back as it was.
 */
export function guardCell(text: string): string {
  return NEEDS_GUARD.test(text) ? `'${text}` : text;
}

/** For a cell whose type says that it is text: only what reads as guarded already gets one more. */
export function guardTypedCell(text: string): string {
  return GUARDED.test(text) ? `'${text}` : text;
}

export function unguardCell(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
