import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { keepingUsable, OneTimeLinks } from "#components/people/one-time-links.tsx";
import { loadMessages } from "#lib/platform/i18n/messages.ts";

const li = ["Li Wei", "li@clinic.test", "https://wardbook.test/invitation/1", "29 Nov 2026"];
const noor = ["Noor Haddad", "noor@clinic.test", "https://wardbook.test/invitation/2", "29 Nov 2026"];
const liAgain = ["Li Wei", "li@clinic.test", "https://wardbook.test/invitation/3", "29 Nov 2026"];

test("each link that was made stays beside the next, but for one that the next has replaced", () => {
  expect(keepingUsable([li], [noor])).toEqual([noor, li]);
  expect(keepingUsable([noor, li], [liAgain])).toEqual([liAgain, noor]);
});

test("a link says whose it is and until when, and can be copied", () => {
  const links = createElement(OneTimeLinks, { made: [noor], byMail: false });
  const props = { locale: "en", messages: loadMessages("en"), timeZone: "UTC", children: links };
  const drawn = renderToStaticMarkup(createElement(NextIntlClientProvider, props));
  expect(drawn).toContain("Noor Haddad, until 29 Nov 2026");
  expect(drawn).toContain("https://wardbook.test/invitation/2");
  expect(drawn).toContain("Copy the link of Noor Haddad");
});
