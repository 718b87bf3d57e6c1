import { createElement } from "react";
import { expect, test } from "vitest";
import { NoSuchEntry } from "#components/ledger/no-such-entry.tsx";
import { drawn } from "#tests/support/drawn.ts";

const told = (asked: string | readonly string[] | undefined, entry?: number) =>
  drawn(createElement(NoSuchEntry, { asked, entry, size: 1204 }));

test.each([
  ["a number past the last", "99999", 99_999, "There is no entry “99999”"],
  ["the number after the last", "1204", 1204, "There is no entry “1204”"],
  ["what is no number", "abc<b>", undefined, "There is no entry “abc&lt;b&gt;”"],
  ["what is below none", "-1", undefined, "There is no entry “-1”"],
  ["two at once", ["1", "2"], undefined, "There is no entry “1, 2”"],
  ["a text without an end", "9".repeat(5000), undefined, `There is no entry “${"9".repeat(40)}…”`],
] as const)("an address that asks for %s is told so, and which entry is the last", (_, asked, entry, words) => {
  expect(told(asked, entry)).toContain(words);
  expect(told(asked, entry)).toContain("the last is 1,203.");
});

test.each([
  ["an entry that is there", "1203", 1203],
  ["the first", "0", 0],
  ["none", undefined, undefined],
  ["an empty one", "", undefined],
] as const)("an address that asks for %s is told nothing", (_, asked, entry) => {
  expect(told(asked, entry)).toBe("");
});
