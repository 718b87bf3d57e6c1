import { demoPeople, expect, expectAccessible, test } from "#tests/support/browser.ts";
import { deviceOf } from "#tests/support/passkey-device.ts";

const HARBOR = "/c/harbor-family";
const CHOSEN = "seven slow herons over the marsh";

test("a nurse joins by link, sets a passkey, is signed out after idling and loses nothing", async ({
  asPerson,
  newPage,
}) => {
  const grace = await asPerson("Grace Okafor");
  await grace.goto(`${HARBOR}/people/invite`);
  await grace.getByLabel("Name").fill("Inês Duarte");
  await grace.getByLabel("Email").fill("ines@harbor-family.example");
  await grace.getByRole("radio", { name: /^Staff/ }).check();
  await grace.getByLabel("Job title").fill("Registered nurse");
  await grace.getByLabel("Location").selectOption({ label: "Mill Road" });
  await grace.getByLabel("Last day").pressSequentially("02302031");
  await grace.getByRole("button", { name: "Make the link" }).click();
  await expect(grace.getByText("There is no such day. Check the day, the month and the year.").first()).toBeVisible();
  await expectAccessible(grace);
  await expect(grace.getByLabel("Name")).toHaveValue("Inês Duarte");
  await grace.getByLabel("Last day").fill("");
  await grace.getByRole("button", { name: "Make the link" }).click();
  const link = (await grace.locator("code", { hasText: "/invitation/" }).textContent()) ?? "";
  await grace.getByLabel("Name").fill("Jonas Meier");
  await grace.getByLabel("Email").fill("jonas@harbor-family.example");
  await grace.getByRole("radio", { name: /^Staff/ }).check();
  await grace.getByRole("button", { name: "Make the link" }).click();
  await expect(grace.locator("code", { hasText: "/invitation/" })).toHaveCount(2);
  await expect(grace.getByText(link)).toBeVisible();
  await expectAccessible(grace);

  const ines = await newPage();
  const device = await deviceOf(ines);
  await ines.goto(new URL(link).pathname);
  await expect(ines.getByLabel("Name")).toHaveValue("Inês Duarte");
  await ines.getByLabel("Choose a password").fill(CHOSEN);
  await ines.getByRole("button", { name: "Join the clinic" }).click();
  await ines.waitForURL(`**${HARBOR}`);
  await ines.goto("/account/second-step");
  await ines.getByLabel("What to call it").fill("My phone");
  await ines.getByRole("region", { name: "Add a passkey" }).getByLabel("Your password now").fill(CHOSEN);
  await ines.getByRole("button", { name: "Add a passkey" }).click();
  await expect(ines.getByText("The passkey is added.")).toBeVisible();
  await device.verifiesUser(true);

  await ines.goto(`${HARBOR}/requests/new`);
  await ines.clock.install();
  await ines.goto(`${HARBOR}/requests/new`);
  await ines.getByLabel("Name of the tool").fill("Tidewater Notes");
  await ines.getByLabel("Company behind it").fill("Tidewater Software");
  await ines.getByRole("button", { name: "Continue" }).click();
  await ines.getByLabel("What would you use it for?").fill("Leaflets for the waiting room.");
  await ines.getByRole("radio", { name: /^Nothing about patients/ }).check();
  const elsewhere = await ines.context().newPage();
  await elsewhere.goto("/account");
  await elsewhere.getByRole("button", { name: "Sign out", exact: true }).click();
  await elsewhere.waitForURL("**/sign-in**");
  await ines.clock.fastForward("15:05");
  await ines.waitForURL("**/sign-in?ended=idle**");
  await ines.getByRole("button", { name: "Sign in with a passkey" }).click();
  await ines.waitForURL(`**${HARBOR}/requests/new`);
  await expect(ines.getByText(/What you had typed before you were signed out is back/)).toBeVisible();
  await expect(ines.getByLabel("What would you use it for?")).toHaveValue("Leaflets for the waiting room.");
  await expect(ines.getByRole("radio", { name: /^Nothing about patients/ })).toBeChecked();
  await ines.getByRole("button", { name: "Send the request" }).click();
  await ines.waitForURL(/\/requests\/[0-9a-f-]{36}/);
  await ines.reload();
  await expect(ines.getByText("Leaflets for the waiting room.")).toBeVisible();
  await expect(ines.getByRole("heading", { name: /Tidewater Notes/ })).toBeVisible();

  await grace.goto(`${HARBOR}/people?q=ines`);
  await grace.getByRole("link", { name: "Inês Duarte" }).click();
  await expect(grace.getByText("Registered nurse").first()).toBeVisible();
  await expect(grace.getByText("Mill Road").first()).toBeVisible();
  const again = await newPage();
  await again.goto(new URL(link).pathname);
  await expect(again.getByRole("heading", { name: "This invitation has been used" })).toBeVisible();
});

test("a contractor leaves: out at the next request, with a list of what to see to that stays", async ({
  asPerson,
  newPage,
}) => {
  const deepa = await newPage();
  await deepa.goto("/sign-in");
  await deepa.getByLabel("Email").fill("deepa.iyer@harbor-family.example");
  await deepa.getByLabel("Password").fill(demoPeople().password);
  await deepa.getByRole("button", { name: "Sign in", exact: true }).click();
  await deepa.waitForURL(`**${HARBOR}`);

  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${HARBOR}/people?q=deepa`);
  await dana.getByRole("link", { name: "Deepa Iyer" }).click();
  await dana.getByRole("link", { name: "End membership" }).click();
  await expectAccessible(dana);
  await dana.getByRole("button", { name: "End the membership" }).click();
  await expect(dana.getByText("Fill this in.").first()).toBeVisible();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(new Date());
  await dana.getByLabel("Last day").fill(today);
  await dana.getByLabel("Reason").fill("The contract for coding has ended.");
  await dana.getByLabel("Accounts to close elsewhere").fill("Billing system\nChatGPT Enterprise");
  await dana.getByRole("button", { name: "End the membership" }).click();
  await expect(dana.getByText("Their access is gone.", { exact: false })).toBeVisible();

  await deepa.goto(`${HARBOR}/may-i-use-it`);
  await expect(deepa.getByRole("heading", { name: "You are in no clinic" })).toBeVisible();
  await expectAccessible(deepa);

  const before = dana.getByRole("region", { name: "Before they are gone" });
  await before.getByText("Tick off").click();
  for (const row of ["Devices returned", "Keys, badges and cards returned", "Account closed: Billing system"]) {
    await before.getByRole("group", { name: row }).getByRole("radio", { name: "Done" }).check();
  }
  await before.getByRole("button", { name: "Save the list" }).click();
  await expect(dana.getByText("The list is saved.")).toBeVisible();
  await dana.reload();
  await expect(before.getByText("Account closed: Billing system").first()).toBeVisible();
  await expect(before.getByText("Done", { exact: true })).not.toHaveCount(0);
  await expectAccessible(dana);
  await dana.goto(`${HARBOR}/ledger`);
  await expect(dana.getByText(/Deepa Iyer/).first()).toBeVisible();
});
