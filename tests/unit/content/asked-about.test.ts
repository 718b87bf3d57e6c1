import { expect, test } from "vitest";
import { askedAbout } from "#lib/domain/evidence/asked-about/queries.ts";
import { ASKED_ABOUT, type AskedAbout } from "#lib/domain/evidence/asked-about/schema.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";
import english from "#messages/en/help.json";
import spanish from "#messages/es/help.json";

const PLACES = Object.entries(ASKED_ABOUT) as Array<[AskedAbout, readonly number[]]>;

test.each(PLACES)("every item that %s names exists, and its words are the protocol's own", (place, numbers) => {
  const known = new Map(listProtocol().map((item) => [item.item, item]));
  expect(numbers.filter((item) => !known.has(item))).toEqual([]);
  const { items, asOf } = askedAbout(place);
  expect(items.map(({ item }) => item)).toEqual([...numbers]);
  for (const { item, title, citation } of items) expect({ title, citation }).toEqual(pick(known.get(item)));
  expect(asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test.each([
  ["en", english],
  ["es", spanish],
])("every place has its text in %s, and no text is without a place", (_, words) => {
  expect(Object.keys(words.place)).toEqual(Object.keys(ASKED_ABOUT));
});

function pick(item: { title: string; citation: string } | undefined) {
  return { title: item?.title, citation: item?.citation };
}
