import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

const OFFICER_PAGES = [
  "",
  "/tools",
  "/tools?q=nothing-like-this",
  "/tools/new",
  "/tools/catalogue",
  "/tools/catalogue/openai-api",
  "/may-i-use-it",
  "/may-i-use-it?q=chatgpt",
  "/ledger",
  "/evidence",
  "/settings",
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`every page of the officer passes all rules of axe, ${colorScheme}`, async ({ newPage }) => {
    test.setTimeout(180_000);
    const dana = await newPage({ colorScheme });
    await dana.goto("/sign-in");
    await expectAccessible(dana);
    await dana.getByRole("button", { name: /Dana Whitfield/ }).click();
    await dana.waitForURL("**/c/harbor-family");
    for (const page of OFFICER_PAGES) {
      await dana.goto(`/c/harbor-family${page}`);
      await expectAccessible(dana);
      await expectNoInlineStyle(dana);
    }
    await dana.goto("/c/harbor-family/tools?q=bedrock");
    await dana
      .getByRole("link", { name: /Bedrock/ })
      .first()
      .click();
    await dana.waitForURL(/tools\/[0-9a-f-]{36}/);
    await expectAccessible(dana);
  });
}

test("staff pages fit a small phone in both languages", async ({ newPage }) => {
  test.setTimeout(180_000);
  const maria = await newPage({ viewport: { width: 320, height: 640 } });
  await maria.goto("/sign-in");
  await maria.getByRole("button", { name: /María Santos/ }).click();
  await maria.waitForURL("**/c/harbor-family");
  // Spanish first: the choice stays with María's account, and the other journeys know her in English.
  for (const [menu, choice, language] of [
    ["Menu", "Español", "es"],
    ["Menú", "English", "en"],
  ] as const) {
    await maria.getByText(menu, { exact: true }).click();
    await maria.getByRole("button", { name: choice }).click();
    await expect(maria.locator("html")).toHaveAttribute("lang", language);
    for (const page of ["", "/may-i-use-it", "/may-i-use-it?q=deepseek", "/may-i-use-it?q=chatgpt"]) {
      await maria.goto(`/c/harbor-family${page}`);
      await expect(maria.locator("html")).toHaveAttribute("lang", language);
      const fits = await maria.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
      expect(fits, `${language} ${page}`).toBe(true);
      await expectAccessible(maria);
    }
  }
});

test("a page that is not there says so and has a way back", async ({ asPerson }) => {
  const grace = await asPerson("Grace Okafor");
  await grace.goto("/c/harbor-family/tools/3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11");
  await expect(grace.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(grace);
});

async function expectNoInlineStyle(page: Page): Promise<void> {
  const html = await (await page.request.get(page.url())).text();
  expect(html.match(/ style="[^"]*"/g) ?? []).toEqual([]);
}
