import { Buffer } from "node:buffer";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

const today = calendarDateIn("America/New_York", new Date());
const PAPER = Buffer.from("%PDF-1.7\nA signed agreement of this journey\n%%EOF\n");

test("a BAA is recorded, the tool approved, the BAA ends, and everybody's answer changes with it", async ({
  asPerson,
}) => {
  test.setTimeout(180_000);
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  let tool = "";

  await test.step("Dana records the agreement with its paper", async () => {
    await dana.goto(`${harbor}/tools?q=otter`);
    await dana.getByRole("link", { name: /Otter/ }).first().click();
    await expect(dana.getByRole("heading", { level: 1, name: /Otter/ })).toBeVisible();
    tool = new URL(dana.url()).pathname;
    await dana.goto(`${harbor}/vendors?q=otter`);
    await dana.getByRole("link", { name: /Otter/ }).first().click();
    await dana.getByRole("link", { name: "Record a BAA" }).first().click();
    await dana.getByLabel("What you call this agreement").fill("Journey BAA");
    await dana.getByLabel("The clinic, as the agreement names it").fill("Harbor Family Clinic");
    await dana.getByLabel("The vendor, as the agreement names it").fill("Otter.ai, Inc.");
    await dana.getByLabel("Date of the agreement").fill(addDays(today, -40));
    await dana.getByLabel("In force from").fill(addDays(today, -40));
    await dana.getByRole("radio", { name: /No, it holds until somebody ends it/ }).check();
    await dana.getByRole("checkbox", { name: /Otter/ }).check();
    await dana.getByRole("radio", { name: /Both parties/ }).check();
    await dana
      .getByLabel("The signed paper")
      .setInputFiles({ name: "Otter BAA.pdf", mimeType: "application/pdf", buffer: PAPER });
    await expectAccessible(dana);
    await dana.getByRole("button", { name: "Record the agreement" }).click();
    await expect(dana.getByText("The agreement is on record.")).toBeVisible();
    await expect(dana.getByText("Otter BAA.pdf").first()).toBeVisible();
  });

  await test.step("an approval still lacks the path; she records it, then approves", async () => {
    await dana.goto(`${tool}/path`);
    const company = dana.getByRole("group", { name: /^Company 1/ });
    await company.getByRole("textbox", { name: /^Company/ }).fill("Otter.ai");
    await company.getByLabel(/^What it does with a prompt/).selectOption({ label: "Vendor's application" });
    await company.getByRole("radio", { name: /A BAA that we have/ }).check();
    await company.getByLabel(/^Our BAA/).selectOption({ label: "Journey BAA (in force)" });
    await dana.getByLabel("Where the vendor states this").fill("Security page, section 2");
    await expectAccessible(dana);
    await dana.getByRole("button", { name: "Record this path" }).click();
    await expect(dana.getByText(/The path is recorded/)).toBeVisible();
    await dana.goto(tool);
    await dana.getByRole("radio", { name: /Approved for patient data/ }).check();
    await dana.getByLabel("Reason").fill("Minutes of case conferences.");
    await dana.getByLabel("Conditions").fill("Only in the clinic's workspace.");
    await dana.getByRole("button", { name: "Record the decision" }).click();
    await expect(dana.getByText("Your decision is in force and recorded.")).toBeVisible();
    await dana.reload();
    await expect(dana.getByText("May use with patient data").first()).toBeVisible();
    await expectAccessible(dana);
  });

  const maria = await asPerson("María Santos");
  const ask = async () => {
    await maria.goto(`${harbor}/may-i-use-it?q=otter&goesIn=phi`);
    return maria.getByRole("heading", { level: 2 }).first();
  };

  await test.step("María may use it with patient data", async () => {
    await expect(await ask()).toHaveText(/Sí|Yes/);
    await expectAccessible(maria);
  });

  await test.step("the agreement ends, and with no job having run María is told to ask", async () => {
    await dana.goto(`${harbor}/vendors?q=otter`);
    await dana.getByRole("link", { name: /Otter/ }).first().click();
    await dana
      .getByRole("link", { name: /Journey BAA/ })
      .first()
      .click();
    await dana
      .getByRole("link", { name: /^End it/ })
      .first()
      .click();
    await dana.getByLabel("Last day in force").fill(addDays(today, -1));
    await dana.getByLabel("Reason").fill("The vendor ended the plan.");
    await dana.getByRole("button", { name: "Record the end" }).click();
    await expect(dana.getByText("The end is on record.")).toBeVisible();
    await dana.goto(tool);
    await expect(dana.getByText("Ask first").first()).toBeVisible();
    await expect(await ask()).not.toHaveText(/^(Sí|Yes)/);
    await expect(maria.getByText(/Dana Whitfield/).first()).toBeVisible();
  });
});
