import { describe, expect, test } from "vitest";
import { bestNamed, entryAsked, wordsAsked } from "#lib/domain/calendar/search/rules.ts";

const named = (...names: string[]) => names;
const best = (names: readonly string[], q: string, max = 6) => bestNamed(names, (name) => name, q, max);

describe("what was typed", () => {
  test.each([
    ["#120", 120],
    ["120", 120],
    [" # 7 ", 7],
    ["0", 0],
  ])("is the number of an entry: %s", (q, seq) => {
    expect(entryAsked(q)).toBe(seq);
  });

  test.each(["", "#", "12a", "-1", "1.5", "1234567890", "１２", "ChatGPT 4"])("is no number of an entry: “%s”", (q) => {
    expect(entryAsked(q)).toBeNull();
  });

  test("is taken as words, whatever stands between them", () => {
    expect(wordsAsked("  Chat-GPT,   María  ")).toEqual(["chat", "gpt", "maria"]);
    expect(wordsAsked("%_'\"🙂")).toEqual([]);
  });
});

describe("names", () => {
  test("fit by all words in any order, with accents or without", () => {
    expect(best(named("María Santos", "Mario Santana"), "santos maria")).toEqual(["María Santos"]);
  });

  test("that begin with what was typed come first, then by name", () => {
    expect(best(named("Zoom Chat", "ChatGPT", "Chat helper", "A chat"), "chat")).toEqual([
      "Chat helper",
      "ChatGPT",
      "A chat",
      "Zoom Chat",
    ]);
  });

  test("are no more than asked for, and none for signs alone", () => {
    expect(best(named("ab", "abc", "abcd"), "ab", 2)).toEqual(["ab", "abc"]);
    expect(best(named("ab"), "%%")).toEqual([]);
  });
});
