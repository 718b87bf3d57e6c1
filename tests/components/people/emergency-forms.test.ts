import { createElement } from "react";
import { expect, test } from "vitest";
import { OpenEmergencyForm, ReviewEmergencyForm } from "#components/people/emergency-forms.tsx";
import { drawn } from "#tests/support/drawn.ts";

const open = async () => ({});

const form = (locale: "en" | "es", hasPassword: boolean) =>
  drawn(createElement(OpenEmergencyForm, { open, minutesMax: 60, asksForCode: false, hasPassword }), { locale });

test.each([
  ["en", "signed in within the last 10 minutes"],
  ["es", "iniciado sesión en los últimos 10 minutos"],
] as const)(
  "in %s, who has no password is asked for none, and reads what is needed before the reason",
  (locale, said) => {
    const markup = form(locale, false);
    expect(markup).not.toContain('type="password"');
    expect(markup.indexOf(said)).toBeGreaterThan(-1);
    expect(markup.indexOf(said)).toBeLessThan(markup.indexOf('name="reason"'));
  },
);

test("who has a password is asked for it, and of no sign-in", () => {
  const markup = form("en", true);
  expect(markup).toMatch(/name="currentPassword"[^>]*type="password"|type="password"[^>]*name="currentPassword"/);
  expect(markup).not.toContain("signed in within");
});

test("a review that somebody else has recorded stands in the form's place, with nothing to send", () => {
  const review = (instead: string | null) =>
    drawn(createElement(ReviewEmergencyForm, { review: open, useId: "use-1", reviewer: "Grace Okafor", instead }));
  expect(review(null)).toContain('type="submit"');
  const recorded = review("Dana Whitfield has reviewed this use");
  expect(recorded).toContain("Dana Whitfield has reviewed this use");
  expect(recorded).not.toMatch(/type="submit"|<textarea|<input/);
});
