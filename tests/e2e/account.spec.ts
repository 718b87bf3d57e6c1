import type { Page } from "@playwright/test";
import { address, demoPeople, expect, expectAccessible, test } from "#tests/support/browser.ts";

const HARBOR = "/c/harbor-family";
const CHOSEN = "seven slow herons over the marsh";

async function signInWith(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function changePassword(page: Page, from: string, to: string): Promise<void> {
  await page.getByLabel("Your password now").fill(from);
  await page.getByLabel("Choose a password").fill(to);
  await page.getByRole("button", { name: "Change the password" }).click();
}

test("Amara sees where she is signed in, ends what is not hers, and changes her password", async ({ asPerson }) => {
  const { password } = demoPeople();
  const [amara, elsewhere] = [await asPerson("Amara Nwosu"), await asPerson("Amara Nwosu")];
  await amara
    .getByRole("link", { name: /Amara Nwosu/ })
    .first()
    .click();
  await amara.waitForURL("**/account");
  await expectAccessible(amara);
  const sessions = amara.getByRole("region", { name: "Where you are signed in" }).getByRole("listitem");
  await expect(sessions.filter({ hasText: "This device" })).toHaveCount(1);
  await expect(sessions.first()).toContainText("Chrome on");
  const other = sessions.filter({ hasNotText: "This device" }).first();
  await other.getByRole("button", { name: /^End the session/ }).click();
  await expect(amara.getByText("That session has ended.")).toBeVisible();
  await elsewhere.goto(`${HARBOR}/may-i-use-it`);
  await elsewhere.waitForURL("**/sign-in?**");
  await changePassword(amara, "not my password at all", CHOSEN);
  await expect(amara.getByText("This is not the password of this account.").first()).toBeVisible();
  await expectAccessible(amara);
  await changePassword(amara, password, CHOSEN);
  await expect(amara.getByText("Your password is changed")).toBeVisible();
  await signInWith(elsewhere, "amara@harbor-family.example", CHOSEN);
  await elsewhere.waitForURL(`**${HARBOR}/may-i-use-it`);
  await changePassword(amara, CHOSEN, password);
  await expect(amara.getByText("Your password is changed")).toBeVisible();
  await amara.getByRole("button", { name: "Sign out everywhere" }).click();
  await amara.waitForURL("**/sign-in");
});

test("Grace hands James a link, and he sets a new password with it, once", async ({ asPerson, newPage }) => {
  const { password } = demoPeople();
  const grace = await asPerson("Grace Okafor");
  await grace.goto(`${HARBOR}/settings`);
  await grace.getByRole("link", { name: "Make a link" }).click();
  await grace.getByLabel("For whom").selectOption({ label: "James Park" });
  await grace.getByRole("button", { name: "Make the link" }).click();
  await expect(grace.getByText(/The link for James Park works until/)).toBeVisible();
  await expectAccessible(grace);
  const link = (await grace.getByText(/\/reset\//).textContent()) ?? "";
  const james = await newPage();
  await james.goto(new URL(link).pathname);
  await expectAccessible(james);
  await james.getByLabel("Choose a password").fill("short");
  await james.getByRole("button", { name: "Set the password" }).click();
  await expect(james.getByText(/Use at least 15 characters/).first()).toBeVisible();
  await james.getByLabel("Choose a password").fill(password);
  await james.getByRole("button", { name: "Set the password" }).click();
  await james.waitForURL("**/sign-in?**");
  await signInWith(james, "james@harbor-family.example", password);
  await james.waitForURL(`**${HARBOR}`);
  const again = await newPage();
  await again.goto(new URL(link).pathname);
  await expect(again.getByRole("heading", { name: "This link doesn’t work any more" })).toBeVisible();
  await expectAccessible(again);
  await grace.goto(`${HARBOR}/ledger`);
  await expect(grace.getByText(/James Park set a new password by a link/)).toBeVisible();
});

test("who was away is asked first, then signed out, and finds the form as it was", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${HARBOR}/tools/new`);
  await dana.clock.install();
  await dana.goto(`${HARBOR}/tools/new`);
  await dana.getByLabel("Vendor", { exact: true }).fill("Lantern Works");
  await dana.getByLabel("Kind of tool").selectOption("general_chat");
  await dana.getByLabel("What it does").fill("Sorts the post.\nAnd the calls.");
  const saidByServer = async (secondsLeft: number) =>
    dana.route("**/api/session", (route) =>
      route.request().method() === "GET" ? route.fulfill({ json: { secondsLeft } }) : route.continue(),
    );
  await saidByServer(45);
  await dana.clock.fastForward("14:05");
  const question = dana.getByRole("dialog", { name: "Are you still there?" });
  await expect(question).toBeVisible();
  await expectAccessible(dana);
  await question.getByRole("button", { name: "Stay signed in" }).last().click();
  await expect(question).toBeHidden();
  await dana.clock.fastForward("14:05");
  await expect(question).toBeVisible();
  await dana.unroute("**/api/session");
  const elsewhere = await dana.context().newPage();
  await elsewhere.goto(`${address()}/account`);
  await elsewhere.getByRole("button", { name: "Sign out", exact: true }).click();
  await elsewhere.waitForURL("**/sign-in**");
  await dana.clock.runFor("00:50");
  await dana.waitForURL("**/sign-in?ended=idle**");
  await expect(dana.getByText(/this tab goes on where it was/)).toBeVisible();
  await signInWith(dana, "dana@harbor-family.example", demoPeople().password);
  await dana.waitForURL(`**${HARBOR}/tools/new`);
  await expect(dana.getByText(/What you had typed before you were signed out is back/)).toBeVisible();
  await expect(dana.getByLabel("Vendor", { exact: true })).toHaveValue("Lantern Works");
  await expect(dana.getByLabel("Kind of tool")).toHaveValue("general_chat");
  await expect(dana.getByLabel("What it does")).toHaveValue("Sorts the post.\nAnd the calls.");
  await expectAccessible(dana);
  await dana.getByLabel("Product", { exact: true }).fill("Lantern Sorter");
  await dana.getByLabel("Plan or way of access", { exact: true }).fill("Team plan");
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByRole("heading", { name: "Lantern Sorter" })).toBeVisible();
});

test("Grace sets how long a session may lie idle", async ({ asPerson }) => {
  const grace = await asPerson("Grace Okafor");
  await grace.goto(`${HARBOR}/settings`);
  await grace.getByLabel("Minutes without activity").fill("90");
  await grace.getByRole("button", { name: "Save the rules" }).click();
  await expect(grace.getByText("Type a whole number of minutes from 2 to 60.").first()).toBeVisible();
  await grace.getByLabel("Minutes without activity").fill("20");
  await grace.getByRole("button", { name: "Save the rules" }).click();
  await expect(grace.getByText("Saved. The rules hold from now on.")).toBeVisible();
  await expectAccessible(grace);
  await grace.getByLabel("Minutes without activity").fill("15");
  await grace.getByRole("button", { name: "Save the rules" }).click();
  await grace.reload();
  await expect(grace.getByLabel("Minutes without activity")).toHaveValue("15");
});
