import { foldForSearch } from "#lib/domain/text.ts";

/** The words that a name has to hold, all of them, folded; none where nothing but signs was typed. */
export function wordsAsked(q: string): string[] {
  return foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
}

/** The number of a ledger entry, typed as it is shown: `#120`, or the number alone. Null for anything else. */
export function entryAsked(q: string): number | null {
  const digits = /^#?\s?(\d{1,9})$/.exec(q.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Of names that hold every word, those first that begin with what was typed; then by name. At most `max`. */
export function bestNamed<T>(things: readonly T[], nameOf: (thing: T) => string, q: string, max: number): T[] {
  const [words, start] = [wordsAsked(q), foldForSearch(q)];
  if (words.length === 0) return [];
  return things
    .map((thing) => ({ thing, name: foldForSearch(nameOf(thing)) }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => Number(b.name.startsWith(start)) - Number(a.name.startsWith(start)) || (a.name < b.name ? -1 : 1))
    .slice(0, max)
    .map(({ thing }) => thing);
}
