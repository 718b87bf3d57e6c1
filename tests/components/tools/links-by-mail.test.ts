import { createElement, type ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { InvitationForms, InviteForm } from "#components/people/invite-form.tsx";
import { OneTimeLink } from "#components/people/one-time-link.tsx";
import { ApplyImportForm, RenewLinksForm } from "#components/tools/import-apply-form.tsx";
import { ImportLinks } from "#components/tools/import-links.tsx";
import { drawn } from "#tests/support/drawn.ts";

const action = async () => ({});
const made = { shownOnce: ["a file"], rowsShownOnce: [["Li", "li@clinic.test", "https://wardbook.test/invitation/x"]] };
const plan = { seen: "0", count: 2 };

const BEFORE: Readonly<Record<string, (byMail: boolean) => ReactNode>> = {
  "an import": (byMail) => createElement(ApplyImportForm, { apply: action, kind: "people", byMail, plan }),
  "new links for a list": (byMail) => createElement(RenewLinksForm, { renew: action, waiting: 2, byMail }),
  "a new link for one": (byMail) =>
    createElement(InvitationForms, { ...{ renew: action, revoke: action, invitationId: "i", isOpen: true }, byMail }),
};
const AFTER: Readonly<Record<string, (byMail: boolean) => ReactNode>> = {
  "the links of a list": (byMail) => createElement(ImportLinks, { state: made, byMail }),
  "the link of one": (byMail) => createElement(OneTimeLink, { link: "https://wardbook.test/invitation/x", byMail }),
};

describe("where mail goes out", () => {
  test.each(Object.entries({ ...BEFORE, ...AFTER }))("%s says that people are written to", (_, part) => {
    expect(drawn(part(true))).toMatch(/ by mail/);
  });

  test("nobody is told to hand a list of links over", () => {
    expect(drawn(BEFORE["an import"]?.(true))).not.toContain("hand each");
    expect(drawn(AFTER["the links of a list"]?.(true))).not.toContain("hand each");
  });
});

test.each(Object.entries({ ...BEFORE, ...AFTER }))("where none does, %s says nothing of mail", (_, part) => {
  expect(drawn(part(false))).not.toMatch(/ by mail/);
});

test("a form that invites one draws with and without mail", () => {
  for (const byMail of [true, false]) {
    expect(drawn(createElement(InviteForm, { invite: action, roles: ["staff"], locations: [], byMail }))).toContain(
      "Make the link",
    );
  }
});

test("a list of links says that it is the first part only where it is", () => {
  const links = (rowsLeftOut?: number) =>
    drawn(createElement(ImportLinks, { state: { ...made, rowsLeftOut }, byMail: false }));
  for (const whole of [links(), links(0)]) {
    expect(whole).toContain(">1 link<");
    expect(whole).not.toContain("The first");
  }
  expect(links(7)).toContain("The first link stands here; 7 more are in the file with them.");
});
