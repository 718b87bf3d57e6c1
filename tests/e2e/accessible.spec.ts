import type { Page } from "@playwright/test";
import { styleAttributes } from "#lib/platform/security/style-hashes.ts";
import { expect, expectAccessible, expectReadable, test } from "#tests/support/browser.ts";

const OFFICER_PAGES = [
  "",
  "/tools",
  "/tools?q=nothing-like-this",
  "/tools/new",
  "/tools/catalogue",
  "/tools/catalogue/openai-api",
  "/tools/exceptions",
  "/tools/updates",
  "/may-i-use-it",
  "/may-i-use-it?q=chatgpt",
  "/requests",
  "/requests/new",
  "/vendors",
  "/vendors/new",
  "/people",
  "/people?q=nothing-like-this",
  "/people/invite",
  "/people/invitations",
  "/people/locations",
  "/people/officers",
  "/people/access-reviews",
  "/people/emergency-access",
  "/people/emergency-access/people",
  "/policies",
  "/policies/P02",
  "/policies/P02/issue",
  "/policies/P02/versions/1/signatures",
  "/block-list",
  "/import",
  "/ledger",
  "/evidence",
  "/outbox",
  "/settings",
  "/settings/clinic",
  "/settings/domains",
];

/** Pages of one record, from the list in which it stands. */
const RECORD_PAGES = [
  { list: "/tools?q=bedrock", link: /Bedrock/, below: ["", "/path", "/exceptions", "/due-diligence"] },
  { list: "/tools?q=abridge", link: /Abridge/, below: ["", "/path", "/due-diligence"] },
  { list: "/people?q=luis", link: /Luis Ortega/, below: ["", "/factors", "/facts", "/role", "/end"] },
  { list: "/people/access-reviews", link: /Access review 1/, below: [""] },
  { list: "/people/emergency-access", link: /Samuel Greene/, below: [""] },
  { list: "/vendors?q=abridge", link: /Abridge/, below: ["", "/facts", "/baas/new"] },
] as const;

test("every page of the officer passes all rules of axe, light and dark", async ({ newPage }) => {
  test.setTimeout(420_000);
  const dana = await newPage();
  await dana.goto("/sign-in");
  await expectAccessibleInBoth(dana);
  await dana.getByRole("button", { name: /Dana Whitfield/ }).click();
  await dana.waitForURL("**/c/harbor-family");
  for (const page of OFFICER_PAGES) {
    await dana.goto(`/c/harbor-family${page}`);
    await expectAccessibleInBoth(dana);
    await expectNoInlineStyle(dana);
  }
  for (const { list, link, below } of RECORD_PAGES) {
    await dana.goto(`/c/harbor-family${list}`);
    await dana.getByRole("link", { name: link }).first().click();
    await dana.waitForURL(/\/[0-9a-f-]{36}$/);
    const record = dana.url();
    for (const page of below) {
      await dana.goto(`${record}${page}`);
      await expectAccessibleInBoth(dana);
    }
  }
});

test("every page of an agreement passes all rules of axe", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto("/c/harbor-family/vendors?q=abridge");
  await dana
    .getByRole("link", { name: /Abridge/ })
    .first()
    .click();
  await dana
    .getByRole("link", { name: /BAA with Abridge/ })
    .first()
    .click();
  await dana.waitForURL(/\/baas\/[0-9a-f-]{36}$/);
  const agreement = dana.url();
  for (const page of ["", "/check", "/version", "/end"]) {
    await dana.goto(`${agreement}${page}`);
    await expectAccessible(dana);
  }
});

test("a page that is not there says so and has a way back", async ({ asPerson }) => {
  const grace = await asPerson("Grace Okafor");
  await grace.goto("/c/harbor-family/tools/3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11");
  await expect(grace.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(grace);
});

// Nothing but colours differs between the two. Without motion no colour is met half-way to the other.
async function expectAccessibleInBoth(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectReadable(page);
}

async function expectNoInlineStyle(page: Page): Promise<void> {
  const html = await (await page.request.get(page.url())).text();
  const listed = new Set(styleAttributes.map(({ text }) => ` style="${text}"`));
  expect((html.match(/ style="[^"]*"/g) ?? []).filter((attribute) => !listed.has(attribute))).toEqual([]);
}
