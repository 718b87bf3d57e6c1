import { expect, expectAccessible, test } from "#tests/support/browser.ts";

const HARBOR = "/c/harbor-family";

test("María sees first whether she may use a tool, then what she asked for and whom to ask", async ({ newPage }) => {
  const maria = await newPage({ viewport: { width: 320, height: 640 } });
  await maria.goto("/sign-in");
  await maria.getByRole("button", { name: /María Santos/ }).click();
  await maria.waitForURL(`**${HARBOR}`);
  const headings = maria.getByRole("main").getByRole("heading", { level: 2 });
  await expect(headings.first()).toHaveText("May I use it?");
  await expect(headings.last()).toHaveText("Whom to ask");
  await expect(maria.getByRole("heading", { name: "What you asked for" })).toBeVisible();
  await expect(maria.getByRole("heading", { name: /Waits for you|My people|How far the book/ })).toHaveCount(0);
  expect(await maria.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expectAccessible(maria);
});

test("Luis sees what his people have still to sign, and opens the list of signatures", async ({ asPerson }) => {
  const luis = await asPerson("Luis Ortega");
  const team = luis.getByRole("region", { name: "My people" });
  await expect(team).toBeVisible();
  await expectAccessible(luis);
  await team.getByRole("link", { name: "Open the list of signatures" }).click();
  await luis.waitForURL(/\/policies\/P02\/versions\/\d+\/signatures/);
  await expect(luis.getByRole("heading", { level: 1 })).toBeVisible();
});

test("Dana sees one list of what waits, and what OCR would find no record on", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  const waiting = dana.getByRole("region", { name: "Waits for you" });
  await expect(waiting.getByRole("listitem").first()).toBeVisible();
  await expect(dana.getByRole("region", { name: "If OCR wrote today" })).toContainText("64 items");
  await expectAccessible(dana);
  await expect(dana.locator("nav [aria-current=page]").first()).toHaveText("Today");
  await dana.goto(`${HARBOR}/import`);
  await expect(dana.locator("nav [aria-current=page]")).toHaveCount(0);
  await dana.goto(HARBOR);
  await waiting.getByRole("listitem").first().getByRole("link").click();
  await expect(dana).not.toHaveURL(new RegExp(`${HARBOR}$`));
});

test("Grace sees how far each area is in hand, who can sign in, and the way to a pack", async ({ asPerson }) => {
  const grace = await asPerson("Grace Okafor");
  const readiness = grace.getByRole("region", { name: "How far the book is in hand" });
  await expect(readiness.getByRole("heading", { level: 3 })).toHaveText([
    ...["Register of tools", "BAAs", "Policies and signatures", "People and access", "Evidence"],
  ]);
  await expect(grace.getByRole("region", { name: "People and access" }).last()).toContainText("Staff");
  await expectAccessible(grace);
  await grace.getByRole("link", { name: "Make a pack" }).first().click();
  await grace.waitForURL(`**${HARBOR}/evidence**`);
});

test("Priya sees where the records on each item are read, and nothing to decide", async ({ asPerson }) => {
  const priya = await asPerson("Priya Raman");
  const asked = priya.getByRole("region", { name: "What OCR asks for, and where it stands here" });
  await expect(asked.getByRole("link", { name: "Ledger" }).first()).toBeVisible();
  await expect(priya.getByRole("heading", { name: "Waits for you" })).toHaveCount(0);
  await expectAccessible(priya);
});

test("why OCR asks opens by keyboard and names the items", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${HARBOR}/people/officers`);
  await dana.getByText("Why OCR asks", { exact: true }).focus();
  await dana.keyboard.press("Enter");
  await expect(dana.getByText("45 CFR 164.308(a)(2)", { exact: true })).toBeVisible();
  await expectAccessible(dana);
});

test("without a connection a bar says so, nothing is sent, and what was typed stays until it is back", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${HARBOR}/vendors/new`);
  const name = dana.getByRole("textbox").first();
  await name.fill("Northwind Labs of Elsewhere");
  await dana.context().setOffline(true);
  await expect(dana.getByText("You are offline.", { exact: true })).toBeVisible();
  await expectAccessible(dana);
  await dana.getByRole("main").locator("form[data-keeps] button[type=submit]").first().click();
  await expect(dana.getByText(/You are offline, and nothing was sent/).first()).toBeVisible();
  await dana.getByRole("link", { name: "Ledger" }).first().click();
  await expect(dana.getByText(/That can’t be done now\. Pages open again/)).toBeFocused();
  await expect(dana).toHaveURL(/\/vendors\/new$/);
  await expect(name).toHaveValue("Northwind Labs of Elsewhere");
  await dana.context().setOffline(false);
  await expect(dana.getByText("You are offline.", { exact: true })).toHaveCount(0);
  await expect(dana.getByText(/You are offline, and nothing was sent/)).toHaveCount(0);
  await expect(name).toHaveValue("Northwind Labs of Elsewhere");

  await dana.goto(`${HARBOR}/may-i-use-it`);
  await dana.getByLabel("Name or address of the tool").fill("Otter");
  await dana.context().setOffline(true);
  await expect(dana.getByText("You are offline.", { exact: true })).toBeVisible();
  await dana.getByRole("button", { name: "Look it up" }).click();
  await expect(dana.getByText(/That can’t be done now/)).toBeFocused();
  await expect(dana.getByLabel("Name or address of the tool")).toHaveValue("Otter");
  await dana.context().setOffline(false);
  await dana.getByRole("button", { name: "Look it up" }).click();
  await expect(dana).toHaveURL(/q=Otter/);
});

test("a page that is opened without a connection is one of ours, and keeps nothing of the clinic", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana Whitfield", { serviceWorkers: "allow" });
  // The sign-in page, from which this one was reached without a load, lies outside what the worker looks at.
  await dana.goto(HARBOR);
  await dana.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  expect(await dana.evaluate(() => caches.keys())).toEqual([]);
  await dana.context().setOffline(true);
  const answer = await dana.goto(`${HARBOR}/ledger`);
  expect(answer?.status()).toBe(503);
  await expect(dana.getByRole("heading", { name: "No connection to Wardbook" })).toBeVisible();
  await expect(dana.getByRole("heading", { name: "Sin conexión con Wardbook" })).toBeVisible();
  await expectAccessible(dana);
  await dana.getByRole("link", { name: "Try again" }).click();
  await expect(dana.getByRole("heading", { name: "No connection to Wardbook" })).toBeVisible();
  await dana.context().setOffline(false);
  await dana.getByRole("link", { name: "Intentar de nuevo" }).click();
  await expect(dana.getByRole("heading", { name: "Ledger", level: 1 })).toBeVisible();
  await expect(dana).toHaveURL(/\/ledger$/);
});

test("a record that isn't there is not found, with the clinic's menu around it", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  for (const path of ["/tools/3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11", "/no-such-page"]) {
    expect((await dana.goto(`${HARBOR}${path}`))?.status(), path).toBe(404);
    await expect(dana.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    await expect(
      dana.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Ledger" }).first(),
    ).toBeVisible();
  }
});
