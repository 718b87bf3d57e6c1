import { describe, expect, it } from "vitest";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { negotiateLocale } from "#lib/platform/i18n/locales.ts";
import { loadMessages, translator } from "#lib/platform/i18n/messages.ts";
import englishLayout from "#messages/en/layout.json";
import englishList from "#messages/en/list.json";
import spanishLayout from "#messages/es/layout.json";
import spanishList from "#messages/es/list.json";

describe("the words", () => {
  it("are found under the name of their file, in both languages", () => {
    expect(translator("en", "layout")("form.pending")).toBe("Saving…");
    expect(translator("es")("layout.form.pending")).toBe("Guardando…");
  });

  it("that Spanish lacks are said in English", () => {
    expect(keys(loadMessages("es"))).toEqual(expect.arrayContaining(keys(loadMessages("en"))));
  });

  it.each([
    ["layout", englishLayout, spanishLayout],
    ["list", englishList, spanishList],
  ])("around every page are there in Spanish: %s", (_, english, spanish) => {
    expect(keys(spanish)).toEqual(keys(english));
  });
});

function keys(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`));
}

describe("the reader's language", () => {
  it.each([
    ["es-MX,es;q=0.9,en;q=0.8", "es"],
    ["fr-CH, fr;q=0.9, en;q=0.8, es;q=0.7", "en"],
    ["en;q=0.1, es;q=0.2", "es"],
    ["es;q=0, en", "en"],
    ["de", undefined],
    ["", undefined],
    [null, undefined],
    [";;;,,,=".repeat(1000), undefined],
  ])("%s is %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });
});

describe("a date", () => {
  it("has its day first in every language", () => {
    expect(dateText("2026-03-03", "en")).toBe("3 Mar 2026");
    expect(dateText("2026-09-30", "en")).toBe("30 Sep 2026");
    expect(dateText("2026-09-30", "es")).toMatch(/^30 sept? 2026$/);
  });

  it("of a moment is the clinic's, and names the zone", () => {
    expect(momentText(new Date("2026-03-04T04:05:00Z"), "en", "America/Chicago")).toBe("3 Mar 2026, 22:05 CST");
    expect(momentText(new Date("2026-07-04T04:05:00Z"), "en", "America/Chicago")).toBe("3 Jul 2026, 23:05 CDT");
  });
});
