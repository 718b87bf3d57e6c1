import "server-only";
import { ASKED_ABOUT, type Asked, type AskedAbout } from "#lib/domain/evidence/asked-about/schema.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";

/** What OCR asks about what is kept at a place. From content alone: it is the same in every clinic. */
export function askedAbout(place: AskedAbout): Asked {
  const numbers: readonly number[] = ASKED_ABOUT[place];
  const found = listProtocol().filter(({ item }) => numbers.includes(item));
  const asOf = found.map((item) => item.asOf).sort()[0] ?? "";
  return { items: found.map(({ item, title, citation }) => ({ item, title, citation })), asOf };
}
