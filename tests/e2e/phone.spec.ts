import { expect, expectAccessible, test } from "#tests/support/browser.ts";

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
    for (const page of ["", "/may-i-use-it?q=deepseek", "/may-i-use-it?q=chatgpt", "/requests/new", "/policies/P02"]) {
      await maria.goto(`/c/harbor-family${page}`);
      await expect(maria.locator("html")).toHaveAttribute("lang", language);
      const fits = await maria.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
      expect(fits, `${language} ${page}`).toBe(true);
      await expectAccessible(maria);
    }
  }
});
