import { coveredCodePoints } from "#lib/platform/pdf/cmap.ts";
import { readFonts } from "#lib/platform/pdf/fonts.ts";

const LINE_END = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
const PLAIN = /^[ -~]*$/;
const SPACE = /[\t\p{Zs}]/u;
const MARK = /\p{M}/u;
const CONTROL = /\p{C}/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** What can reorder the words a reader sees, or carry text nobody sees (tag characters): a reader has to know of it. */
const DECEIVING = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;
/** Our own brackets: spelled out in a text, they could pass for a character that was never there. */
const BRACKET = /[\u27e8\u27e9]/u;
/** More marks on one letter than any language shipped here writes would run over the lines above and below. */
const MARKS_ON_A_LETTER_MAX = 4;

type Coverage = { readonly sans: ReadonlySet<number>; readonly any: ReadonlySet<number> };

let known: Coverage | undefined;

/**
 * The text as a PDF can show it: what the shipped fonts have no glyph for becomes `⟨U+1F642⟩`, invisible characters go,
 * every space is a plain one. A line end becomes a space unless `lines` is set. Apply it once: its own brackets are
 * written out too.
 */
export function printable(text: string, { lines = false }: { lines?: boolean } = {}): string {
  if (PLAIN.test(text)) return text;
  return text
    .split(LINE_END)
    .map((line) => (PLAIN.test(line) ? line : printableLine(line)))
    .join(lines ? "\n" : " ");
}

function printableLine(line: string): string {
  const coverage = requireCoverage();
  const shown: string[] = [];
  let marks = MARKS_ON_A_LETTER_MAX;
  for (const symbol of line) {
    if (INVISIBLE.test(symbol) && !DECEIVING.test(symbol)) continue;
    const codePoint = symbol.codePointAt(0) ?? 0;
    if (SPACE.test(symbol)) {
      shown.push(" ");
      marks = 0;
    } else if (MARK.test(symbol) && marks < MARKS_ON_A_LETTER_MAX && coverage.sans.has(codePoint)) {
      shown.push(symbol);
      marks += 1;
    } else if (isShown(symbol, codePoint, coverage)) {
      shown.push(symbol);
      // A mark is drawn with its letter's font, and only the sans is known to have both.
      marks = coverage.sans.has(codePoint) ? 0 : MARKS_ON_A_LETTER_MAX;
    } else {
      shown.push(`⟨U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}⟩`);
      marks = MARKS_ON_A_LETTER_MAX;
    }
  }
  return shown.join("");
}

function isShown(symbol: string, codePoint: number, coverage: Coverage): boolean {
  if (MARK.test(symbol) || CONTROL.test(symbol) || BRACKET.test(symbol)) return false;
  return coverage.any.has(codePoint);
}

function requireCoverage(): Coverage {
  known ??= readCoverage();
  return known;
}

function readCoverage(): Coverage {
  const fonts = readFonts();
  const sans = inAll(fonts.sans);
  return { sans, any: sans.union(inAll(fonts.mono)) };
}

function inAll(fonts: readonly Buffer[]): Set<number> {
  return fonts.map((font) => coveredCodePoints(font)).reduce((left, right) => left.intersection(right));
}
