import { expect, expectAccessible, test } from "#tests/support/browser.ts";

test("Dana reaches a tool, an entry and a page by the keyboard alone", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  const box = dana.getByRole("combobox", { name: /^Tool, vendor/ });
  // The page listens a moment after it is seen.
  await expect(async () => {
    await dana.keyboard.press("Control+k");
    await expect(box).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await expectAccessible(dana);
  await box.pressSequentially("abridge");
  await expect(dana.getByRole("option", { name: /^Abridge, Enterprise/ })).toBeVisible();
  await expectAccessible(dana);
  await dana.keyboard.press("Enter");
  await expect(dana.getByRole("heading", { level: 1, name: /^Abridge/ })).toBeVisible();
  await expect(box).toHaveCount(0);
  await dana.keyboard.press("Control+k");
  await box.pressSequentially("#3");
  await dana.getByRole("option", { name: "#3" }).click();
  await expect(dana.locator("#entry-3")).toBeVisible();
  await dana.getByRole("button", { name: "Search" }).first().click();
  await box.pressSequentially("block");
  await expect(dana.getByRole("option", { name: "Block list" })).toHaveAttribute("data-highlighted", "");
  await dana.keyboard.press("Enter");
  await expect(dana.getByRole("heading", { level: 1, name: "Block list" })).toBeVisible();
  await dana.keyboard.press("Control+k");
  await box.pressSequentially("nothing like this");
  await expect(dana.getByText("Nothing here has that name.")).toBeVisible();
  await dana.keyboard.press("Escape");
  await expect(box).toHaveCount(0);
});
