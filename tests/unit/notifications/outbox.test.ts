import { describe, expect, test } from "vitest";
import { digestDayAt, letterOf, pathOf } from "#lib/domain/notifications/outbox/rules.ts";
import { MAIL_KINDS } from "#lib/domain/notifications/outbox/schema.ts";
import { renderLetter } from "#lib/platform/email/render.ts";
import { say } from "#lib/platform/i18n/say.ts";

const NEW_YORK = "America/New_York";

describe("the clinic's morning", () => {
  test.each([
    ["before seven", NEW_YORK, "2026-11-23T11:59:59Z", null],
    ["at seven in winter", NEW_YORK, "2026-11-23T12:00:00Z", "2026-11-23"],
    ["at seven in summer", NEW_YORK, "2026-07-06T11:00:00Z", "2026-07-06"],
    ["at seven on the day when clocks go forward", NEW_YORK, "2026-03-08T11:00:00Z", "2026-03-08"],
    ["an hour before, on that day", NEW_YORK, "2026-03-08T10:59:59Z", null],
    ["at seven on the day when clocks go back", NEW_YORK, "2026-11-01T12:00:00Z", "2026-11-01"],
    ["an hour before, on that day", NEW_YORK, "2026-11-01T11:59:59Z", null],
    ["at noon", NEW_YORK, "2026-11-23T17:00:00Z", null],
    ["where the day is another one than in London", "Pacific/Guam", "2026-11-22T21:00:00Z", "2026-11-23"],
    ["where clocks never change", "America/Phoenix", "2026-07-06T14:00:00Z", "2026-07-06"],
  ])("%s, %s %s", (_, zone, instant, day) => {
    expect(digestDayAt(zone, new Date(instant))).toBe(day);
  });
});

describe("every kind of letter, in both languages", () => {
  const home = "https://wardbook.test/c/harbor-family";
  test.each(MAIL_KINDS.flatMap((kind) => (["en", "es"] as const).map((locale) => [kind, locale] as const)))(
    "%s, %s: has a subject, a text beside the HTML, and the same link in both",
    async (kind, locale) => {
      const counts = kind === "daily_digest" ? { toSign: 1, requests: 3 } : {};
      const path = pathOf(kind, "3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11", "P02");
      const letter = letterOf({ kind, counts, href: `${home}${path}` }, { words: say(locale, "mail"), locale, home });
      expect(letter.subject).not.toMatch(/\.|\{/);
      const { html, text } = await renderLetter(letter);
      for (const set of [html, text]) {
        expect(set).toContain(`${home}${path}`);
        for (const line of letter.lines) expect(set).toContain(line);
        for (const item of letter.items) expect(set).toContain(item);
      }
      expect(html).toContain(`lang="${locale}"`);
      expect(letter.items).toHaveLength(Object.keys(counts).length);
      expect(await renderLetter(letter)).toMatchObject({ html, text });
    },
  );

  test("Spanish has its own words for all of it", () => {
    for (const kind of MAIL_KINDS) {
      expect(say("es", "mail")(`${kind}.subject`)).not.toBe(say("en", "mail")(`${kind}.subject`));
    }
  });
});
