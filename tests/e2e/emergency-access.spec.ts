import { demoPeople, expect, expectAccessible, test } from "#tests/support/browser.ts";

const HOME = "/c/harbor-family";
const LOG = `${HOME}/people/emergency-access`;
const WHY = "Grace and Dana are on a flight, and the vendor wants an answer tonight.";

test("Grace names Luis; he opens emergency access, decides, ends it; Dana reviews it", async ({ asPerson }) => {
  test.setTimeout(240_000);
  const { password } = demoPeople();
  const grace = await asPerson("Grace Okafor");
  const luis = await asPerson("Luis Ortega");
  let use = "";

  await test.step("nobody may open it until the owner names somebody", async () => {
    await luis.goto(`${LOG}/open`);
    await expect(luis.getByText("You are not on the list of who may open emergency access.")).toBeVisible();
    await expectAccessible(luis);
    await grace.goto(`${LOG}/people`);
    await expect(grace.getByText("Samuel Greene").first()).toBeVisible();
    await expect(grace.getByRole("rowheader", { name: /Luis Ortega/ })).toHaveCount(0);
    await grace.getByLabel("Person", { exact: true }).selectOption({ label: "Luis Ortega, Front desk manager" });
    await grace.getByLabel("Reason", { exact: true }).last().fill("Runs the front desk on weekends.");
    await grace.getByRole("button", { name: "Name this person" }).click();
    await expect(grace.getByText("Luis Ortega may open emergency access.")).toBeVisible();
    await expectAccessible(grace);
  });

  await test.step("Luis finds it in the menu; a wrong password opens nothing and keeps what he typed", async () => {
    await luis.goto(HOME);
    await luis.getByRole("link", { name: "Emergency access", exact: true }).first().click();
    await luis.waitForURL(`**${LOG}`);
    await luis.getByRole("link", { name: "Open emergency access" }).first().click();
    await luis.waitForURL(`**${LOG}/open`);
    await luis.getByRole("radio", { name: "Emergency", exact: true }).check();
    await luis.getByLabel("Reason", { exact: true }).fill(WHY);
    await luis.getByLabel("For how many minutes?").fill("30");
    await luis.getByRole("checkbox", { name: /every owner and privacy officer is told/ }).check();
    await luis.getByLabel("Your password now").fill("not the password");
    await expectAccessible(luis);
    await luis.getByRole("button", { name: "Open emergency access" }).click();
    await expect(luis.getByText("Emergency access is not open")).toBeVisible();
    await expect(luis.getByLabel("Reason", { exact: true })).toHaveValue(WHY);
    await luis.getByLabel("Your password now").fill(password);
    await luis.getByRole("button", { name: "Open emergency access" }).click();
    await expect(luis.getByText("Emergency access is open. Every officer is being told.")).toBeVisible();
    use = new URL(luis.url()).pathname;
  });

  await test.step("the banner stands on every page, his and the officers'", async () => {
    const own = luis.getByRole("region", { name: "Emergency access", exact: true });
    await luis.goto(`${HOME}/tools`);
    await expect(own.getByText("You have emergency access")).toBeVisible();
    await expect(own.getByText(/minutes left/)).toBeVisible();
    await expectAccessible(luis);
    await grace.goto(`${HOME}/vendors`);
    const told = grace.getByRole("region", { name: "Emergency access", exact: true });
    await expect(told.getByText("Luis Ortega has emergency access")).toBeVisible();
    await expectAccessible(grace);
  });

  await test.step("he registers a tool and decides on it, and still invites nobody", async () => {
    await luis.goto(`${HOME}/tools/new`);
    await luis.getByLabel("Vendor", { exact: true }).fill("Lighthouse Labs");
    await luis.getByLabel("Product", { exact: true }).fill("Foghorn Notes");
    await luis.getByLabel("Plan or way of access", { exact: true }).fill("Trial");
    await luis.getByLabel("Kind of tool").selectOption("general_chat");
    await luis.getByLabel("What it does and what to know about it").fill("Writes notes of calls.");
    await luis.getByRole("button", { name: "Register the tool" }).click();
    await expect(luis.getByRole("heading", { level: 1, name: /Foghorn Notes/ })).toBeVisible();
    await luis.getByRole("radio", { name: /Prohibited/ }).check();
    await luis.getByLabel("Reason").fill("No agreement with the vendor.");
    await luis.getByRole("button", { name: "Record the decision" }).click();
    await expect(luis.getByText("Your decision is in force and recorded.")).toBeVisible();
    await luis.goto(`${HOME}/people/invite`);
    await expect(luis.getByRole("button", { name: "Make the link" })).toHaveCount(0);
  });

  await test.step("he ends it, and has his own role again; another tab of his says so", async () => {
    const other = await luis.context().newPage();
    await other.goto(`${HOME}/tools`);
    await expect(other.getByText("You have emergency access")).toBeVisible();
    await luis.getByRole("button", { name: "End it now" }).first().click();
    await expect(luis.getByText("It is over. From now on everything is as your role says.")).toBeVisible();
    await expect(luis.getByText("You have emergency access")).toHaveCount(0);
    await other.bringToFront();
    await other.evaluate(() => window.dispatchEvent(new Event("focus")));
    await expect(other.getByText("You have emergency access")).toHaveCount(0);
    await other.close();
    await luis.goto(`${HOME}/tools/new`);
    await expect(luis.getByRole("button", { name: "Register the tool" })).toHaveCount(0);
    await expect(luis.getByText(/^Ask .*Grace Okafor/)).toBeVisible();
    await luis.goto(use);
    await expect(luis.getByText("To be reviewed").first()).toBeVisible();
    await expectAccessible(luis);
  });

  await test.step("Dana sees what he did, reviews and signs; after a reload it stands", async () => {
    const dana = await asPerson("Dana Whitfield");
    await expect(dana.getByText("One use of emergency access waits for its review")).toBeVisible();
    await grace.goto(`${use}/review`);
    await dana.goto(use);
    await expect(dana.getByText(/Foghorn Notes/).first()).toBeVisible();
    await dana.getByRole("link", { name: "Review it" }).click();
    await dana.waitForURL(`**${use}/review`);
    await dana.getByRole("radio", { name: "Yes", exact: true }).check();
    await dana
      .getByRole("textbox", { name: "What was done" })
      .fill("One tool was taken in and prohibited until there is an agreement.");
    await dana.getByLabel("Sign with your name").fill("Luis Ortega");
    await dana.getByRole("button", { name: "Sign the review" }).click();
    await expect(dana.getByText(/Type your own name to sign/).first()).toBeVisible();
    await dana.getByLabel("Sign with your name").fill("Dana Whitfield");
    await expectAccessible(dana);
    await dana.getByRole("button", { name: "Sign the review" }).click();
    await expect(dana.getByText("The review is signed.")).toBeVisible();
    await dana.reload();
    await expect(dana.getByText("Reviewed", { exact: true }).first()).toBeVisible();
    await expect(
      dana.getByText("One tool was taken in and prohibited until there is an agreement.").first(),
    ).toBeVisible();
    await expect(dana.getByText("waits for its review")).toHaveCount(0);
    await dana.goto(LOG);
    await expect(dana.getByRole("row", { name: /Luis Ortega/ })).toContainText("Reviewed");
    await expectAccessible(dana);
  });

  await test.step("Grace had the same form open: she is shown Dana's review, and what she typed", async () => {
    await grace.getByRole("radio", { name: "No", exact: true }).check();
    await grace.getByRole("textbox", { name: "What was done" }).fill("It could have waited for the morning.");
    await grace.getByLabel("Sign with your name").fill("Grace Okafor");
    await grace.getByRole("button", { name: "Sign the review" }).click();
    await expect(grace.getByText(/Say what follows/).first()).toBeVisible();
    await grace.getByRole("textbox", { name: /Follow-up/ }).fill("The desk gets a phone list.");
    await grace.getByRole("button", { name: "Sign the review" }).click();
    await expect(grace.getByText("Your review was not recorded")).toBeVisible();
    await expect(grace.getByText("One tool was taken in and prohibited").first()).toBeVisible();
    await expect(grace.getByText("It could have waited for the morning.").first()).toBeVisible();
    await expect(grace.getByRole("button", { name: "Sign the review" })).toHaveCount(0);
    await expect(grace.getByText("waits for its review")).toHaveCount(0);
    await expectAccessible(grace);
  });
});
