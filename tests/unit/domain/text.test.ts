import { describe, expect, test } from "vitest";
import { z } from "zod";
import { EmailAddress } from "#lib/domain/clinic/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import {
  foldForSearch,
  line,
  lines,
  optionalLine,
  optionalParagraph,
  paragraph,
  searchLine,
  withoutInvisible,
} from "#lib/domain/text.ts";
import { InvalidInput } from "#lib/kernel/errors.ts";

/** What a field gives: its value, or the codes it refuses with. */
function given(schema: z.ZodType, value: unknown): unknown {
  try {
    return parseInput(z.object({ field: schema }), { field: value }).field;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.issues.map(({ code, params }) => ({ code, ...params }));
  }
}
const REQUIRED = [expect.objectContaining({ code: "required" })];

const NOTHING_TO_SEE = [
  ["nothing", ""],
  ["spaces and tabs", " \t \u00a0\u3000 "],
  ["line breaks", "\r\n\n\r"],
  ["zero-width spaces", "\u200b\u200b\ufeff"],
  ["zero-width joiners", "\u200c\u200d"],
  ["a Hangul filler", "\u3164\u115f"],
  ["an empty Braille cell", "\u2800"],
  ["variation selectors", "\ufe0f\u{e0101}"],
  ["tag characters", "\u{e0041}\u{e007f}"],
  ["bidirectional controls", "\u202e\u2066\u2069\u061c"],
  ["NUL", "\u0000\u0000"],
] as const;

describe("one line", () => {
  test.each([
    ["spaces around it", "  Dana  ", "Dana"],
    ["several spaces within", "Dana \t  Whitfield", "Dana Whitfield"],
    ["a line break of Windows within", "Dana\r\nWhitfield", "Dana Whitfield"],
    ["an old Mac's line break", "Dana\rWhitfield", "Dana Whitfield"],
    ["a line separator", "Dana\u2028Whitfield", "Dana Whitfield"],
    ["NUL", "Da\u0000na", "Dana"],
    ["a zero-width space", "Da\u200bna", "Dana"],
    ["a bidirectional override", "\u202eanaD\u202c", "anaD"],
    ["an Arabic letter mark", "Da\u061cna", "Dana"],
    ["a lone surrogate", "Da\ud800na", "Da\ufffdna"],
    ["an accent of its own", "Ame\u0301lie", "Amélie"],
    ["an accent that stands apart by what can't be seen", "Ame\u200b\u0301lie", "Amélie"],
    ["joiners at a word's ends", "\u200cDana\u200d Whit\u200d\u200cfield\u200c", "Dana Whitfield"],
    ["a joiner beside a letter that joins nothing", "Da\u200dna", "Dana"],
    ["a grapheme joiner, fillers and a vowel that can't be seen", "D\u034fa\u3164n\u115fa\u17b4", "Dana"],
    ["selectors after what has no variants", "Dana\ufe0f 1\ufe0f\u{e0100}", "Dana 1"],
    ["words in tag characters", "Dana\u{e0065}\u{e0076}\u{e007f}", "Dana"],
    ["annotation controls", "\ufff9Dana\ufffa\ufffb", "Dana"],
    [
      "a joiner in Cyrillic, Greek, Han, Kana and Thai",
      "да\u200dна δα\u200cνα 漢\u200d字 か\u200dな ไท\u200dย",
      "дана δανα 漢字 かな ไทย",
    ],
    ["a joiner after an accent that any script borrows", "x\u0323\u200da", "x\u0323a"],
    ["a vowel separator outside of Mongolian", "ꦱ\u180eꦮ", "ꦱꦮ"],
    ["a joiner at the end of a word that joins", "می\u200c خانه\u200d", "می خانه"],
    ["a joiner typed twice", "می\u200c\u200cخواهم", "می\u200cخواهم"],
    ["a joiner beside a lone emoji", "👩\u200d Dana", "👩 Dana"],
    [
      "words hidden behind a flag",
      "x🏴\u{e0069}\u{e0067}\u{e006e}\u{e006f}\u{e0072}\u{e0065}\u{e0020}\u{e0069}\u{e0074}",
      "x🏴",
    ],
    ["a flag without its end", "🏴\u{e0067}\u{e0062}\u{e0065}", "🏴"],
    ["markup and formulas", "<b>=1+1</b>", "<b>=1+1</b>"],
  ])("with %s", (_, typed, kept) => {
    expect(given(line(120), typed)).toBe(kept);
    expect(given(optionalLine(120), typed)).toBe(kept);
  });

  test.each([
    ["a joined emoji", "Dr. 👩‍⚕️"],
    ["joined emoji in colours of skin and as a heart", "👩🏽\u200d🚀 ❤\ufe0f\u200d🔥 👨\u200d👩\u200d👧"],
    ["a flag of a country's part, a keycap", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 1\ufe0f\u20e3"],
    ["a Persian verb", "می\u200cخواهم"],
    ["a half form in Hindi", "क्\u200dष"],
    ["a Sinhala conjunct", "ශ්\u200dරී"],
    ["a Sinhala name of a country", "ශ්\u200dරී ලංකා"],
    ["a Persian plural", "کتاب\u200cها"],
    ["a Persian word that begins a compound", "نیم\u200cفاصله"],
    ["a Javanese word whose letters stand apart", "ꦱꦼꦒ꧀\u200cꦮꦢ꧀\u200cꦗꦶꦤꦶꦱ꧀"],
    ["a Javanese conjunct that is asked for", "ꦲꦏ꧀\u200dꦱꦫ"],
    ["a Balinese word whose letters stand apart", "ᬳᬓ᭄\u200cᬱᬭ"],
    ["a Balinese form at the end of its word", "ᬩᬓ᭄\u200d"],
    ["a Sundanese, a Khmer and a Tai Tham one", "ᮘ᮪\u200cᮔ ក្\u200cស ᨠ᩠\u200cᩅ"],
    ["a Mongolian vowel that stands apart", "ᠬᠠᠭᠠ\u180eᠨᠠ"],
    ["an Adlam word", "𞤀\u200c𞤣\u200d𞤤"],
    ["a family of emoji", "👨\u200d👩\u200d👧\u200d👦"],
    ["a Malayalam chillu at the end of its word", "മന്\u200d"],
    ["the variant of an ideograph in a family's name", "葛\u{e0100}城"],
  ])("keeps what its script needs: %s", (_, typed) => {
    expect(given(line(120), typed)).toBe(typed.normalize("NFC"));
    expect(given(paragraph(120), typed)).toBe(typed.normalize("NFC"));
    expect(withoutInvisible(typed)).toBe(typed);
  });

  test.each(NOTHING_TO_SEE)("of %s is empty, and refused where something is needed", (_, typed) => {
    expect(given(line(120), typed)).toEqual(REQUIRED);
    expect(given(paragraph(120), typed)).toEqual(REQUIRED);
  });

  test.each([undefined, null, 7, ["a"], { a: 1 }])("is needed: %j is none", (typed) => {
    expect(given(line(120), typed)).toEqual(REQUIRED);
  });

  test("may be left out where it is optional", () => {
    expect(given(optionalLine(120), undefined)).toBe("");
    expect(given(optionalParagraph(120), "  \n ")).toBe("");
  });

  test("counts an emoji as one character, not as the two that a computer stores", () => {
    expect(given(line(3), "😀😀😀")).toBe("😀😀😀");
    expect(given(line(3), "😀😀😀😀")).toEqual([{ code: "too_long", max: 3, length: 4 }]);
  });

  test("counts after cleaning, so that spaces at the end of a paste don't refuse it", () => {
    expect(given(line(4), `  Dana${" ".repeat(10_000)}`)).toBe("Dana");
  });

  test("of 10 kB is refused with both lengths, not cut", () => {
    expect(given(line(120), "x".repeat(10_240))).toEqual([{ code: "too_long", max: 120, length: 10_240 }]);
  });

  test.each([
    ["tags", "\u{e0061}"],
    ["joiners", "\u200d"],
    ["selectors", "\ufe0f"],
    ["joined letters", "\u0915\u200d"],
  ])("of far more %s than anybody types is read as fast as any", (_, unseen) => {
    for (const first of ["", "🏴", "क"]) expect(withoutInvisible(first + unseen.repeat(400_000))).toContain(first);
  });
});

describe("text of several lines", () => {
  test("keeps its lines and blank lines, with line feeds alone", () => {
    expect(given(paragraph(200), "\r\n one\r\n\r\ntwo\rthree\n\ttab \n")).toBe("one\n\ntwo\nthree\n\ttab");
  });

  test("of 10 kB is kept whole where that much fits, and else refused", () => {
    const pasted = "Zeile mit Wörtern und 😀.\n".repeat(400);
    expect(given(paragraph(20_000), pasted)).toBe(pasted.trim());
    expect(given(paragraph(2000), pasted)).toEqual([
      { code: "too_long", max: 2000, length: [...pasted.trim()].length },
    ]);
  });

  test("loses what can't be seen or stored", () => {
    expect(given(paragraph(200), "a\u0000b\u202ec\ud800d\u200be")).toBe("abc\ufffdde");
  });
});

describe("lines of a text area", () => {
  const items = lines({ max: 3, each: 10 });

  test.each([
    ["one a line", "a\r\nb\n\n  c  \n", ["a", "b", "c"]],
    ["a list from a script", [" a ", "", "b\nc"], ["a", "b c"]],
    ["nothing", "", []],
    ["nothing at all", undefined, []],
    ["only invisible things", "\u200b\n\ufeff\n", []],
  ])("%s", (_, typed, kept) => {
    expect(given(items, typed)).toEqual(kept);
  });

  test("more than the most are refused", () => {
    expect(given(items, "a\nb\nc\nd")).toEqual([{ code: "too_many", max: 3 }]);
    expect(given(items, "a\n".repeat(10_000))).toEqual([{ code: "too_many", max: 3 }]);
  });

  test("one that is too long is refused", () => {
    expect(given(items, `a\n${"b".repeat(11)}`)).toEqual([{ code: "too_long", max: 10, length: 11 }]);
  });
});

test.each([
  "\ufeffdana@clinic.test",
  "dana@\u200bclinic.test",
  "da\u200dna@clinic.test\u200c",
  "\u2068Dana@Clinic.test\u2069",
])("an address that was pasted with what can't be seen is the address: %j", (typed) => {
  expect(given(EmailAddress, typed)).toBe("dana@clinic.test");
});

test("what is typed into a search box is cut, never refused", () => {
  expect(given(searchLine(5), "  Chat\u0000GPT  please ")).toBe("ChatG");
  expect(given(searchLine(3), "😀😀😀😀")).toBe("😀😀😀");
  expect(given(searchLine(200), "x".repeat(10_240))).toHaveLength(200);
  expect(given(searchLine(200), undefined)).toBe("");
});

test("case, accents, width, punctuation and what can't be seen don't count in a search", () => {
  expect(foldForSearch("  ＣｈａｔＧＰＴ – Crème\u200d! ")).toBe("chatgpt creme");
  expect(foldForSearch("🙂 ??? …")).toBe("");
});

test.each([
  ["Javanese", "ꦲꦏ꧀\u200dꦱꦫ"],
  ["Balinese", "ᬳᬓ᭄\u200cᬱᬭ"],
  ["Sinhala", "ශ්\u200dරී"],
  ["Persian", "می\u200cخواهم"],
])("a joiner that a %s word keeps doesn't count in a search", (_, typed) => {
  const kept = String(given(line(120), typed));
  expect(kept).toBe(typed.normalize("NFC"));
  expect(foldForSearch(kept)).toBe(foldForSearch(kept.replace(/\p{Join_Control}/gu, "")));
});
