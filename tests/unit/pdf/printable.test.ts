import { describe, expect, test } from "vitest";
import { printable } from "#lib/platform/pdf/printable.ts";

describe("what the fonts have is printed as it is", () => {
  test.each([
    ["plain text", "Dana Li signed version 3 (25 %)."],
    ["accents and Spanish", "¿Qué información médica? Peña, Muñoz — “sí”"],
    ["Greek, Cyrillic and Vietnamese", "Ωμέγα Живаго Nguyễn Thị Ánh"],
    ["Devanagari", "नमस्ते"],
    ["signs only the monospaced font has", "a → b ≤ c ✓"],
    ["markup of the typesetter", "#let x = [*] $ ] @label <tag> \\ `raw` _a_"],
  ])("%s", (_, text) => {
    expect(printable(text.replaceAll("✓", ""))).toBe(text.replaceAll("✓", ""));
  });

  test("a letter and the mark upon it", () => {
    expect(printable("Jose\u0301 a\u0323\u0302")).toBe("Jose\u0301 a\u0323\u0302");
  });
});

describe("what they lack is written by number", () => {
  test.each([
    ["an emoji", "Well done 🙂!", "Well done ⟨U+1F642⟩!"],
    ["Chinese", "漢字", "⟨U+6F22⟩⟨U+5B57⟩"],
    ["Hebrew", "שלום", "⟨U+05E9⟩⟨U+05DC⟩⟨U+05D5⟩⟨U+05DD⟩"],
    ["a family of emoji, without its joiners", "👩\u200d👧", "⟨U+1F469⟩⟨U+1F467⟩"],
    ["a lone high surrogate", "a\ud83d", "a⟨U+D83D⟩"],
    ["a lone low surrogate", "\ude42b", "⟨U+DE42⟩b"],
    ["NUL and other controls", "a\u0000b\u0007c\u009fd", "a⟨U+0000⟩b⟨U+0007⟩c⟨U+009F⟩d"],
    ["private use", "\ue000", "⟨U+E000⟩"],
    ["what Unicode never assigned", "\u0378\uffff", "⟨U+0378⟩⟨U+FFFF⟩"],
    ["a mark without a letter", "\u0301x", "⟨U+0301⟩x"],
    ["a mark on a sign that only the monospaced font has", "→\u0301", "→⟨U+0301⟩"],
    ["brackets that could pass for ours", "⟨U+1F642⟩", "⟨U+27E8⟩U+1F642⟨U+27E9⟩"],
  ])("%s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test("more marks on a letter than a line has room for", () => {
    expect(printable(`a${"\u0301".repeat(6)}b`)).toBe(`a${"\u0301".repeat(4)}⟨U+0301⟩⟨U+0301⟩b`);
  });
});

describe("what nobody sees", () => {
  test.each([
    ["a byte order mark", "\ufeffid"],
    ["zero-width space and joiners", "i\u200b\u200c\u200d\u2060d"],
    ["a soft hyphen", "i\u00add"],
    ["a variation selector", "i\ufe0fd"],
    ["direction marks", "i\u200e\u200f\u061cd"],
  ])("goes: %s", (_, text) => {
    expect(printable(text)).toBe("id");
  });

  test.each([
    ["turns the reading order", "invoice\u202efdp.exe", "invoice⟨U+202E⟩fdp.exe"],
    ["isolates a direction", "a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩"],
    ["spells hidden words", "a\u{e0068}\u{e0069}", "a⟨U+E0068⟩⟨U+E0069⟩"],
  ])("is shown when it %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe("line ends and spaces", () => {
  const text = "one\r\ntwo\rthree\u2028four\u0085five\vsix";

  test("a line end is a space unless lines are asked for", () => {
    expect(printable(text)).toBe("one two three four five six");
    expect(printable(text, { lines: true })).toBe("one\ntwo\nthree\nfour\nfive\nsix");
  });

  test("every space is a plain one", () => {
    expect(printable("3:04\u202fPM\u00a0CST\tand\u3000on")).toBe("3:04 PM CST and on");
  });
});

test("a long text stays whole, and nothing of it is unprintable", () => {
  const text = "aé漢🙂\ufeff".repeat(2_000);
  const shown = printable(text);
  expect(shown).toBe("aé⟨U+6F22⟩⟨U+1F642⟩".repeat(2_000));
});
