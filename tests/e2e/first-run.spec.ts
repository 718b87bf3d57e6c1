import { generate } from "otplib";
import { type ServedDemo, serveDemo } from "#scripts/serve-demo.ts";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

const PASSWORD = "seven slow herons over the marsh";

const PAGES_WITHOUT_DATA = [
  ...[
    "/tools",
    "/tools/exceptions",
    "/tools/updates",
    "/may-i-use-it?q=chatgpt",
    "/requests",
    "/requests/mine",
    "/vendors",
  ],
  ...["/people", "/people/invitations", "/people/locations", "/people/officers", "/people/access-reviews"],
  ...["/people/emergency-access", "/people/emergency-access/people", "/policies", "/block-list", "/import"],
  ...["/ledger", "/evidence", "/outbox", "/settings", "/settings/domains"],
];

let served: ServedDemo;

test.beforeAll(async () => {
  served = await serveDemo("first-run", { script: "tests/support/serve-empty.ts" });
});
test.afterAll(() => served.stop());

test("an owner opens an empty Wardbook, looks around, and comes to the first decision", async ({ newPage }) => {
  test.setTimeout(180_000);
  const owner = await newPage({ baseURL: served.address });
  await owner.goto("/");
  await owner.waitForURL("**/first-run");
  await expectAccessible(owner);
  await owner.getByRole("button", { name: "Found the clinic" }).click();
  await expect(owner.getByText("Fill this in.").first()).toBeVisible();
  await expectAccessible(owner);
  await owner.getByLabel("Name of the clinic").fill("Larkspur Internal Medicine");
  await owner.getByLabel("Time zone").selectOption("America/Denver");
  await owner.getByLabel("Your name").fill("Ruth Nakamura");
  await owner.getByLabel("Email").fill("ruth@larkspur.example");
  await owner.getByLabel("Choose a password").fill(PASSWORD);
  await owner.getByRole("button", { name: "Found the clinic" }).click();

  await owner.waitForURL("**/account/second-step?**");
  const secret = ((await owner.locator("code").textContent()) ?? "").replace(/\s/g, "");
  await owner.getByRole("textbox", { name: "Code" }).fill(await generate({ secret }));
  await owner.getByLabel("Your password now").first().fill(PASSWORD);
  await owner.getByRole("button", { name: "Add the app" }).click();
  await owner.getByRole("link", { name: "I have kept them, go on" }).click();
  await owner.waitForURL(/\/c\/larkspur-internal-medicine/);
  await expect(owner.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
  await expectAccessible(owner);

  for (const page of PAGES_WITHOUT_DATA) {
    await owner.goto(`/c/larkspur-internal-medicine${page}`);
    await expect(owner.locator("h1:visible")).toBeVisible();
    await expectAccessible(owner);
  }

  await owner.goto("/c/larkspur-internal-medicine/people");
  await owner.getByRole("main").getByRole("link", { name: "Ruth Nakamura" }).click();
  const main = owner.getByRole("main");
  for (const [step, title] of [
    ["End membership", "End the membership of Ruth Nakamura"],
    ["Change role", "Role of Ruth Nakamura"],
  ] as const) {
    await owner.getByRole("link", { name: step }).click();
    await expect(owner.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(main).toContainText("Ruth Nakamura is the only owner whose membership has no end");
    await expect(main.getByRole("button")).toHaveCount(0);
    await main.getByRole("link", { name: "Ruth Nakamura" }).click();
  }

  await owner.goto("/c/larkspur-internal-medicine/tools/catalogue?q=grammarly");
  await owner.getByRole("checkbox", { name: /Grammarly/ }).check();
  await owner.getByRole("button", { name: "Adopt selected" }).click();
  await expect(owner.getByText("1 tool is now in the register")).toBeVisible();
  await owner.goto("/c/larkspur-internal-medicine/tools?q=grammarly");
  await owner
    .getByRole("link", { name: /Grammarly/ })
    .first()
    .click();
  await owner.getByRole("radio", { name: /^Prohibited/ }).check();
  await owner.getByLabel("Reason").fill("It reads every page that is open.");
  await owner.getByRole("button", { name: "Record the decision" }).click();
  await expect(owner.getByText("Your decision is in force and recorded.")).toBeVisible();
  await owner.reload();
  await expect(owner.getByText("It reads every page that is open.").first()).toBeVisible();
  await expectAccessible(owner);
});
