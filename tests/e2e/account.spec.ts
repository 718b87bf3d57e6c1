import { spawnSync } from "node:child_process";
import path from "node:path";
import type { Page } from "@playwright/test";
import { generate } from "otplib";
import { address, demoPeople, expect, expectAccessible, test } from "#tests/support/browser.ts";
import { deviceOf } from "#tests/support/passkey-device.ts";

const project = path.resolve(import.meta.dirname, "../..");
const HARBOR = "/c/harbor-family";
const CHOSEN = "seven slow herons over the marsh";

async function signInWith(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function changePassword(page: Page, from: string, to: string): Promise<void> {
  const section = page.getByRole("region", { name: "Password", exact: true });
  await section.getByLabel("Your password now").fill(from);
  await section.getByLabel("Choose a password").fill(to);
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
  await grace.getByRole("button", { name: "Set the rules" }).click();
  await expect(grace.getByText("Type a whole number of minutes from 2 to 60.").first()).toBeVisible();
  await grace.getByLabel("Minutes without activity").fill("20");
  await grace.getByRole("button", { name: "Set the rules" }).click();
  await expect(grace.getByText("The rules hold from now on.")).toBeVisible();
  await expectAccessible(grace);
  await grace.getByLabel("Minutes without activity").fill("15");
  await Promise.all([
    grace.waitForResponse((response) => response.request().method() === "POST" && response.url().includes("/settings")),
    grace.getByRole("button", { name: "Set the rules" }).click(),
  ]);
  await grace.reload();
  await expect(grace.getByLabel("Minutes without activity")).toHaveValue("15");
});

/** The code that an app shows now, or will show in so many seconds: the same one is accepted only once. */
async function codeOf(secret: string, inSeconds = 0): Promise<string> {
  return generate({ secret: secret.replace(/\s/g, ""), epoch: Math.floor(Date.now() / 1000) + inSeconds });
}

test("Noor joins as privacy officer, adds a second step before anything else, and signs in with it", async ({
  newPage,
}) => {
  const noor = await newPage();
  await noor.goto(invitationFor("Noor Haddad", "noor@harbor-family.example", "privacy_officer"));
  await noor.getByLabel("Choose a password").fill(CHOSEN);
  await noor.getByRole("button", { name: "Join the clinic" }).click();
  await noor.waitForURL("**/account/second-step?**");
  await noor.goto(`${HARBOR}/tools`);
  await noor.waitForURL("**/account/second-step?**");
  await expect(noor.getByText("Your clinic asks for a second step at sign-in.")).toBeVisible();
  await expect(noor.getByRole("img", { name: /QR code/ })).toBeVisible();
  await expectAccessible(noor);
  const secret = (await noor.locator("code").textContent()) ?? "";
  const adding = noor.getByRole("region", { name: "Add an authenticator app" });
  await noor.getByRole("textbox", { name: "Code" }).fill("000000");
  await noor.getByRole("button", { name: "Add the app" }).click();
  await expect(adding.getByText("Fill this in.").first()).toBeVisible();
  await noor.getByRole("textbox", { name: "Code" }).fill("000000");
  await adding.getByLabel("Your password now").fill(CHOSEN);
  await noor.getByRole("button", { name: "Add the app" }).click();
  await expect(noor.getByText(/This code isn’t right/).first()).toBeVisible();
  await expectAccessible(noor);
  await noor.getByRole("textbox", { name: "Code" }).fill(await codeOf(secret));
  await adding.getByLabel("Your password now").fill(CHOSEN);
  await noor.getByRole("button", { name: "Add the app" }).click();
  await expect(noor.getByRole("heading", { name: "Your recovery codes" })).toBeVisible();
  const codes = await noor.getByRole("region", { name: "Your recovery codes" }).getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  await expectAccessible(noor);
  await noor.getByRole("link", { name: "I have kept them, go on" }).click();
  await noor.waitForURL(`**${HARBOR}/tools`);

  await noor.getByRole("button", { name: "Sign out" }).first().click();
  await noor.waitForURL("**/sign-in");
  await noor.goto(`${HARBOR}/vendors`);
  await signInWith(noor, "noor@harbor-family.example", CHOSEN);
  await noor.waitForURL("**/sign-in/second-step?**");
  await expectAccessible(noor);
  await noor.goto(`${HARBOR}/vendors`);
  await noor.waitForURL("**/sign-in?**");
  await signInWith(noor, "noor@harbor-family.example", CHOSEN);
  await noor.waitForURL("**/sign-in/second-step?**");
  await noor.getByRole("textbox", { name: "Code" }).fill(await codeOf(secret, -300));
  await noor.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(noor.getByText(/This code isn’t right/).first()).toBeVisible();
  await noor.getByRole("textbox", { name: "Code" }).fill(await codeOf(secret, 30));
  await noor.getByRole("button", { name: "Sign in", exact: true }).click();
  await noor.waitForURL(`**${HARBOR}/vendors`);

  await noor.goto("/account/second-step");
  await expect(noor.getByText("10 recovery codes are left")).toBeVisible();
  await expectAccessible(noor);
  const recovery = noor.getByRole("region", { name: "Your recovery codes" });
  await recovery.getByLabel("Your password now").fill(CHOSEN);
  await noor.getByRole("button", { name: "Make new recovery codes" }).click();
  await expect(noor.getByText("These are your new recovery codes.")).toBeVisible();
  const region = noor.getByRole("region", { name: "Your recovery codes" }).last();
  const renewed = await region.getByRole("listitem").allTextContents();
  await noor.getByRole("button", { name: "Sign out" }).first().click();
  await noor.waitForURL("**/sign-in");
  await signInWith(noor, "noor@harbor-family.example", CHOSEN);
  await noor.getByRole("textbox", { name: "Code" }).fill(codes[0] ?? "");
  await noor.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(noor.getByText(/This code isn’t right/).first()).toBeVisible();
  await noor.getByRole("textbox", { name: "Code" }).fill(renewed[0] ?? "");
  await noor.getByRole("button", { name: "Sign in", exact: true }).click();
  await noor.waitForURL(`**${HARBOR}`);

  await noor.goto("/account/second-step");
  await noor.getByLabel("Your password now").first().fill("not my password at all");
  await noor.getByRole("button", { name: "Remove the app" }).click();
  await expect(noor.getByText("This is not the password of this account.").first()).toBeVisible();
  await noor.getByLabel("Your password now").first().fill(CHOSEN);
  await noor.getByRole("button", { name: "Remove the app" }).click();
  await expect(noor.getByRole("heading", { name: "Add an authenticator app" })).toBeVisible();
});

test("Ben adds a passkey, signs in with it alone and as the second step, and removes it", async ({ asPerson }) => {
  const { password } = demoPeople();
  const ben = await asPerson("Ben Ferreira");
  const device = await deviceOf(ben);
  await ben.goto("/account/second-step");
  await ben.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ben.getByText("Fill this in.").first()).toBeVisible();
  await ben.getByLabel("What to call it").fill("Exam room tablet");
  await ben.getByRole("region", { name: "Add a passkey" }).getByLabel("Your password now").fill(password);
  await ben.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ben.getByText("The passkey is added.")).toBeVisible();
  await expectAccessible(ben);
  await ben.getByRole("link", { name: "I have kept them, go on" }).click();
  await ben.waitForURL("**/account");
  const signOut = async () => {
    await ben.getByRole("button", { name: "Sign out", exact: true }).first().click();
    await ben.waitForURL("**/sign-in");
  };
  await signOut();
  await expectAccessible(ben);
  await device.verifiesUser(false);
  await ben.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(ben.getByText("Your device didn’t answer, or you cancelled.")).toBeVisible();
  await expectAccessible(ben);
  await device.verifiesUser(true);
  await ben.getByRole("button", { name: "Sign in with a passkey" }).click();
  await ben.waitForURL(`**${HARBOR}`);
  await signOut();
  await signInWith(ben, "ben@harbor-family.example", password);
  await ben.waitForURL("**/sign-in/second-step");
  await expectAccessible(ben);
  await ben.getByRole("button", { name: "Sign in with a passkey" }).click();
  await ben.waitForURL(`**${HARBOR}`);
  await ben.goto("/account/second-step");
  const passkey = ben.getByRole("region", { name: "Passkey: Exam room tablet" });
  await expectAccessible(ben);
  await passkey.getByLabel("Your password now").fill(password);
  await passkey.getByRole("button", { name: "Remove this passkey" }).click();
  await expect(passkey).toHaveCount(0);
  await signOut();
  await ben.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(ben.getByText("This passkey can’t be used here.")).toBeVisible();
  await signInWith(ben, "ben@harbor-family.example", password);
  await ben.waitForURL(`**${HARBOR}`);
});

test("the account's pages send a stranger to the sign-in page", async ({ newPage }) => {
  const stranger = await newPage();
  for (const route of ["/account", "/account/second-step", "/sign-in/second-step"]) {
    await stranger.goto(route);
    expect(new URL(stranger.url()).pathname, route).toBe("/sign-in");
  }
});

/** The path of a one-time link, as the operator of the server makes it. */
function invitationFor(name: string, email: string, role: string): string {
  const asked = ["--clinic", "harbor-family", "--email", email, "--name", name, "--role", role];
  const { stdout, stderr } = spawnSync(process.execPath, ["--conditions=react-server", "scripts/invite.ts", ...asked], {
    cwd: project,
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, WARDBOOK_DATA: path.join(project, ".wardbook", "e2e") },
  });
  const link = /\S+\/invitation\/\S+/.exec(stdout)?.[0];
  if (link === undefined) throw new Error(`no link was made: ${stdout}${stderr}`);
  return new URL(link).pathname;
}
