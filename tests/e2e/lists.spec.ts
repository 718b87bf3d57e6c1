import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { readTable } from "#lib/platform/spreadsheet/read-table.ts";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

const REGISTER = "/c/harbor-family/tools";
const ALL_COLUMNS = ["product", "vendor", "category", "status", "standing", "conditions", "recommendation", "since"];
const everyColumn = ALL_COLUMNS.map((id) => `columns=${id}`).join("&");

test("Dana chooses columns by keyboard, and takes away exactly what she sees", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${REGISTER}?status=prohibited&sort=-vendor`);
  await expect(async () => {
    await dana.locator("summary", { hasText: "Columns" }).focus();
    await dana.keyboard.press("Enter");
    await expect(dana.getByRole("checkbox", { name: "Vendor" })).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expectAccessible(dana);
  for (const column of ["Vendor", "Conditions"]) {
    await dana.getByRole("checkbox", { name: column }).focus();
    await dana.keyboard.press("Space");
  }
  await dana.getByRole("button", { name: "Show these columns" }).focus();
  await dana.keyboard.press("Enter");
  await dana.waitForURL(/columns=conditions/);
  const headings = dana.getByRole("columnheader");
  await expect(headings).toHaveText(["Tool", "Status", "Standing today", "Conditions", "Recommended", "Since"]);
  await expect(dana.getByRole("button", { name: "Show these columns" })).toBeFocused();

  const names = await dana.getByRole("rowheader").getByRole("link").allTextContents();
  expect(names.length).toBeGreaterThan(5);
  for (const label of ["Download CSV", "Download Excel"]) {
    const { name, rows } = await download(dana, label);
    expect(name).toMatch(/^tools-\d{4}-\d{2}-\d{2}\.(csv|xlsx)$/);
    const [header, ...body] = rows.map(({ cells }) => cells);
    expect(header).toEqual([
      ...[
        "Tool",
        "Plan or way of access",
        "Status",
        "Standing today",
        "Conditions",
        "Recommended",
        "Since",
        "Review by",
      ],
    ]);
    expect(body.map(([tool, surface]) => `${tool}${surface}`)).toEqual(names);
    expect(new Set(body.map((cells) => cells[2]))).toEqual(new Set(["Prohibited"]));
    expect(body.map((cells) => cells[6]).every((since) => /^\d{4}-\d{2}-\d{2}$/.test(since ?? ""))).toBe(true);
  }

  await dana.getByRole("link", { name: "Usual columns" }).click();
  await expect(headings).toHaveText(["Tool", "Vendor", "Status", "Standing today", "Recommended", "Since"]);
  await expect(dana.getByRole("checkbox", { name: "Vendor" })).toBeChecked();
  await expect(headings.nth(1)).toHaveAttribute("aria-sort", "descending");
});

test("what narrows a list is said, each with the way out", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${REGISTER}?q=chat&status=prohibited&status=retired`);
  await dana.getByRole("link", { name: "Status: Retired (remove filter)" }).click();
  await dana.waitForURL((url) => url.search === "?q=chat&status=prohibited");
  await dana.getByRole("link", { name: "Search: chat (remove filter)" }).click();
  await dana.waitForURL((url) => url.search === "?status=prohibited");
  await dana.getByRole("link", { name: "Clear search and filters" }).click();
  await dana.waitForURL((url) => url.search === "");
  await expect(dana.getByText("Shown only")).toHaveCount(0);
});

test("a search of signs alone finds nothing, and a page past the end says so", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  for (const path of [REGISTER, `${REGISTER}/catalogue`]) {
    for (const q of ["🙂", "...", "%", "-"]) {
      await dana.goto(`${path}?q=${encodeURIComponent(q)}`);
      await expect(dana.getByText("Nothing matches")).toBeVisible();
      await expect(dana.getByRole("table")).toHaveCount(0);
    }
    await dana.getByRole("link", { name: "Clear search and filters" }).first().click();
    await expect(dana.getByRole("table")).toBeVisible();
    await dana.goto(`${path}?page=9998`);
    await expect(dana.getByText("The list ends before this page")).toBeVisible();
    await expect(dana.getByText(/^[\d,]+ rows$/)).toBeVisible();
    await dana.getByRole("link", { name: "Go to the last page" }).click();
    await expect(dana.getByRole("table")).toBeVisible();
  }
});

test("no list makes its page scroll sideways", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  for (const path of ["", `?${everyColumn}`, "/catalogue"]) {
    for (const width of [320, 640, 1024, 1280]) {
      await dana.setViewportSize({ width, height: 800 });
      await dana.goto(`${REGISTER}${path}`);
      expect(await dana.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    }
  }
});

test("on paper a list is its rows, how many they are and what narrows them, without its controls", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto(`${REGISTER}?status=prohibited&${everyColumn}`);
  await dana.emulateMedia({ media: "print" });
  await expect(dana.getByText("Status: Prohibited")).toBeVisible();
  await expect(dana.getByText(/^\d+–\d+ of \d+$/)).toBeVisible();
  await expect(dana.getByRole("columnheader")).toHaveCount(ALL_COLUMNS.length);
  for (const control of ["Download CSV", "Clear search and filters"])
    await expect(dana.getByRole("link", { name: control })).toBeHidden();
  await expect(dana.locator("summary", { hasText: "Columns" })).toBeHidden();
  await expect(dana.getByRole("searchbox")).toBeHidden();
});

test("a list's files are for those who may see the list", async ({ asPerson, newPage }) => {
  const files = ["tools", "catalogue", "ledger"].flatMap((list) => [`${list}/csv`, `${list}/xlsx`]);
  const dana = await asPerson("Dana Whitfield");
  const tom = await asPerson("Tom Abara");
  const yolanda = await asPerson("Yolanda Reyes");
  const stranger = await newPage();
  for (const file of files) {
    const answer = await dana.request.get(`/api/lists/harbor-family/${file}`);
    expect(answer.status(), file).toBe(200);
    expect(answer.headers()).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    expect(answer.headers()["content-disposition"]).toMatch(
      /^attachment; filename="[a-z]+-\d{4}-\d{2}-\d{2}\.(csv|xlsx)"$/,
    );
    expect((await tom.request.get(`/api/lists/harbor-family/${file}`)).status(), file).toBe(404);
    expect((await yolanda.request.get(`/api/lists/cedar-street/${file}`)).status(), file).toBe(403);
    const shown = await stranger.request.get(`/api/lists/harbor-family/${file}`, { maxRedirects: 0 });
    expect([shown.status(), shown.headers().location], file).toEqual([303, "/sign-in"]);
  }
  expect((await dana.request.get("/api/lists/harbor-family/tools/pdf")).status()).toBe(404);
});

async function download(page: Page, label: string) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: label }).click()]);
  return { name: file.suggestedFilename(), ...(await readTable(await readFile(await file.path()))) };
}
