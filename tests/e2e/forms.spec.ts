import type { Page } from "@playwright/test";
import { address, expect, expectAccessible, test } from "#tests/support/browser.ts";

const HARBOR = "/c/harbor-family";

async function fillTool(page: Page, fields: Record<string, string>): Promise<void> {
  await page.goto(`${HARBOR}/tools/new`);
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel("Kind of tool").selectOption("general_chat");
}

// As a paste would: typing millions of characters is not what is tried here.
async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("What it does").evaluate((field: HTMLTextAreaElement, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

const tool = (product: string) => ({
  Vendor: "Lantern Works",
  Product: product,
  "Plan or way of access": "Team plan",
  "What it does and what to know about it": "Sorts the post.",
});

test("what a form did is said once: not after a reload, not on the way back, not because an address says so", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana Whitfield");
  const said = dana.getByText("The tool is in the register and waits for a decision.");
  await fillTool(dana, tool("Lantern Notes"));
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(said).toBeVisible();
  await expect(dana).toHaveURL(/\/tools\/[0-9a-f-]{36}$/);
  await expectAccessible(dana);
  const page = dana.url();
  await dana.getByRole("link", { name: "Tools", exact: true }).first().click();
  await dana.waitForURL(`**${HARBOR}/tools`);
  await expect(said).toHaveCount(0);
  await dana.goBack();
  await expect(dana.getByRole("heading", { name: "Lantern Notes" })).toBeVisible();
  await expect(said).toHaveCount(0);
  await dana.reload();
  await expect(dana.getByRole("heading", { name: "Lantern Notes" })).toBeVisible();
  await expect(said).toHaveCount(0);
  for (const forged of ["?done=registered", "?done=decided&n=3"]) {
    await dana.goto(`${page}${forged}`);
    await expect(dana.getByRole("heading", { name: "Lantern Notes" })).toBeVisible();
    await expect(dana.getByText(/waits for a decision\.|in force and recorded/)).toHaveCount(0);
  }
});

test("the summary names each field, and each line leads to it", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${HARBOR}/tools/new`);
  await dana.getByLabel("Addresses").fill("müller-praxis.example\nchat example com\nok.example.com");
  await dana.getByRole("button", { name: "Register the tool" }).click();
  const summary = dana.getByRole("alert").filter({ hasText: "Nothing was saved yet" });
  await expect(summary.getByRole("link")).toHaveText([
    "Vendor: Fill this in.",
    "Product: Fill this in.",
    "Plan or way of access: Fill this in.",
    /^Kind of tool: /,
    /^Addresses: .*“chat example com”/,
    "What it does and what to know about it: Fill this in.",
  ]);
  await expectAccessible(dana);
  await summary.getByRole("link", { name: /^Product/ }).click();
  await expect(dana.getByLabel("Product", { exact: true })).toBeFocused();
});

test("a tool that is there already is one click away", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await fillTool(dana, tool("Lantern Mail"));
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await dana.waitForURL(/\/tools\/[0-9a-f-]{36}$/);
  const there = dana.url();
  await fillTool(dana, tool("lantern – MAIL"));
  await dana.getByRole("button", { name: "Register the tool" }).click();
  const link = dana.getByRole("link", { name: "Open that tool" });
  await expect(link).toBeVisible();
  dana.on("dialog", (dialog) => dialog.accept());
  await link.click();
  await dana.waitForURL(there);
});

test("who was signed out meanwhile loses nothing of what they typed", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await fillTool(dana, {
    ...tool("Lantern Calls"),
    "What it does and what to know about it": "Writes down who called.",
  });
  const elsewhere = await dana.context().newPage();
  await elsewhere.goto(`${address()}${HARBOR}`);
  await elsewhere.getByRole("button", { name: "Sign out" }).first().click();
  await elsewhere.waitForURL("**/sign-in**");
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByText(/You have been signed out, so nothing was saved/)).toBeVisible();
  await expect(dana.getByLabel("What it does")).toHaveValue("Writes down who called.");
  await expect(dana.getByLabel("Kind of tool")).toHaveValue("general_chat");
  await expectAccessible(dana);
  const opening = dana.context().waitForEvent("page");
  await dana.getByRole("link", { name: "Sign in, in a new tab" }).click();
  const tab = await opening;
  await tab.getByRole("button", { name: /Dana Whitfield/ }).click();
  await tab.waitForURL(`**${HARBOR}`);
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByRole("heading", { name: "Lantern Calls" })).toBeVisible();
  await expect(dana.getByText("Writes down who called.").first()).toBeVisible();
});

test("a text far too long is refused at its field and stays there; more than the server takes is not sent at all", async ({
  asPerson,
}) => {
  test.setTimeout(180_000);
  const dana = await asPerson("Dana Whitfield");
  const long = "Letters to suppliers. ".repeat(50_000);
  await fillTool(dana, tool("Lantern Drafts"));
  await paste(dana, long);
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByText("At most 320 characters. This has 1,099,999.").first()).toBeVisible();
  expect((await dana.getByLabel("What it does").inputValue()).length).toBe(long.length);
  const answered = await dana.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    return entries.findLast(({ name, initiatorType }) => initiatorType === "fetch" && name.endsWith("/tools/new"))
      ?.decodedBodySize;
  });
  expect(answered).toBeGreaterThan(0);
  expect(answered).toBeLessThan(200_000);
  await paste(dana, "x".repeat(26_000_000));
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByText(/more than 24 MB, and nothing was sent/)).toBeVisible();
  await dana.getByLabel("What it does").fill("Drafts letters.");
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByRole("heading", { name: "Lantern Drafts" })).toBeVisible();
});

test("who decides on an old page can look again, keeps the words, and then decides", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await fillTool(dana, tool("Lantern Lists"));
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await dana.waitForURL(/\/tools\/[0-9a-f-]{36}$/);
  const grace = await asPerson("Grace Okafor");
  await grace.goto(dana.url());
  for (const [page, status, reason] of [
    [grace, /^Needs review/, "Waiting for the vendor."],
    [dana, /^Retired/, "Nobody uses it."],
  ] as const) {
    await page.getByRole("radio", { name: status }).check();
    await page.getByLabel("Reason").fill(reason);
    await page.getByRole("button", { name: "Record the decision" }).click();
    if (page === grace) await expect(page.getByText("Your decision is in force and recorded.")).toBeVisible();
  }
  await expect(dana.getByText(/Somebody decided on Lantern Lists while this page was open/)).toBeVisible();
  await expect(dana.getByText("Waiting for the vendor.")).toHaveCount(0);
  await dana.getByRole("button", { name: "Show the page as it is now" }).click();
  await expect(dana.getByText("Waiting for the vendor.").first()).toBeVisible();
  await expect(dana.getByLabel("Reason")).toHaveValue("Nobody uses it.");
  await dana.getByRole("button", { name: "Record the decision" }).click();
  await expect(dana.getByText("Your decision is in force and recorded.")).toBeVisible();
  await expect(dana.getByText("Nobody uses it.").first()).toBeVisible();
});

test("a proposed narrowing can be declined by the second person, with a reason", async ({ asPerson }) => {
  const grace = await asPerson("Grace Okafor");
  const ask = async (answer: RegExp) => {
    await grace.goto(`${HARBOR}/settings`);
    const rule = grace.locator('section[aria-labelledby="second-approver"]');
    await rule.getByRole("radio", { name: answer }).check();
    await rule.getByRole("button", { name: "Save" }).click();
    await expect(grace.getByText(/^Saved\./)).toBeVisible();
  };
  await ask(/^Yes/);
  const dana = await asPerson("Dana Whitfield");
  await fillTool(dana, tool("DeepSeek R1 on Lantern"));
  await dana.getByRole("button", { name: "Register the tool" }).click();
  await expect(dana.getByText(/prohibited from today, as a decision in your name/)).toBeVisible();
  await dana.getByLabel("Rationale").fill("Our own machine runs it.");
  await dana.getByRole("button", { name: "Take this surface out" }).click();
  await expect(dana.getByText("Your proposal is recorded.")).toBeVisible();
  await grace.goto(dana.url());
  await grace.getByText("Decline this proposal").click();
  await grace.getByLabel("Reason").first().fill("Which machine?");
  await grace.getByRole("button", { name: "Decline the proposal" }).click();
  await expect(grace.getByText("The proposal is declined. The prohibition held all along.")).toBeVisible();
  await grace.goto(`${HARBOR}/ledger`);
  await expect(
    grace.getByText(/Grace Okafor declined to take DeepSeek R1 on Lantern, .* Reason: “Which machine\?”/),
  ).toBeVisible();
  await ask(/^No/);
});

test("one click in the demo leads back to the page that was asked for, where the person may go there", async ({
  newPage,
}) => {
  for (const [person, lands] of [
    [/Dana Whitfield/, `${HARBOR}/tools/new`],
    [/Tom Abara/, "/c/cedar-street"],
  ] as const) {
    const page = await newPage();
    await page.goto(`${HARBOR}/tools/new`);
    await page.waitForURL("**/sign-in?**");
    await page.getByRole("button", { name: person }).click();
    await page.waitForURL((url) => url.pathname === lands);
  }
});

test("an address that can't be read is a page that isn't there, in our own words", async ({ newPage }) => {
  const page = await newPage();
  for (const path of ["/c/%E0%A4%A", "/%E0%A4%A", `${HARBOR}/tools/%E0%A4%A`, "/invitation/%ff", "/c/%"]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});
