import "server-only";

const KEYS_AT_ONCE = 5000;

/** Asks for many keys in parts: a question to the database holds at most 32,767 values, and more with what hangs on a row. */
export async function inParts<K, T>(keys: Iterable<K>, ask: (part: K[]) => Promise<readonly T[]>): Promise<T[]> {
  const all = [...new Set(keys)];
  const found: T[] = [];
  for (let start = 0; start < all.length; start += KEYS_AT_ONCE) {
    for (const one of await ask(all.slice(start, start + KEYS_AT_ONCE))) found.push(one);
  }
  return found;
}
