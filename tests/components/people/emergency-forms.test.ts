import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { OpenEmergencyForm } from "#components/people/emergency-forms.tsx";
import { loadMessages } from "#lib/platform/i18n/messages.ts";

const open = async () => ({});

function drawn(locale: "en" | "es", hasPassword: boolean): string {
  const form = createElement(OpenEmergencyForm, { open, minutesMax: 60, asksForCode: false, hasPassword });
  const onError = (error: Error) => {
    throw error;
  };
  const props = { locale, messages: loadMessages(locale), timeZone: "UTC", now: new Date(0), onError, children: form };
  return renderToStaticMarkup(createElement(NextIntlClientProvider, props));
}

test.each([
  ["en", "signed in within the last 10 minutes"],
  ["es", "iniciado sesión en los últimos 10 minutos"],
] as const)(
  "in %s, who has no password is asked for none, and reads what is needed before the reason",
  (locale, said) => {
    const form = drawn(locale, false);
    expect(form).not.toContain('type="password"');
    expect(form.indexOf(said)).toBeGreaterThan(-1);
    expect(form.indexOf(said)).toBeLessThan(form.indexOf('name="reason"'));
  },
);

test("who has a password is asked for it, and of no sign-in", () => {
  const form = drawn("en", true);
  expect(form).toMatch(/name="currentPassword"[^>]*type="password"|type="password"[^>]*name="currentPassword"/);
  expect(form).not.toContain("signed in within");
});
