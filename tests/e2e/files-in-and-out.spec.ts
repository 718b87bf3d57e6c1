import { Buffer } from "node:buffer";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

test("an officer imports 200 tools: three bad rows stop it, mended they all come in, once", async ({ asPerson }) => {
  test.setTimeout(120_000);
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  const rows = (bad: boolean) =>
    Array.from({ length: 200 }, (_, index) => {
      const category = bad && index % 70 === 3 ? "no such kind" : "General chat";
      return `Import Vendor ${index % 5};Imported tool ${index};Free;${category};imported${index}.example.com;"Listed by the ""old"" register"`;
    });
  const file = (bad: boolean) => ({
    name: "tools.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `\uFEFF${["Vendor;Product;Plan or way of access;Kind of tool;Addresses;Why", ...rows(bad)].join("\r\n")}\r\n`,
    ),
  });
  const choose = async (bad: boolean) => {
    await dana.goto(`${harbor}/import`);
    await dana.getByRole("radio", { name: /^Tools/ }).check();
    await dana.getByLabel("File", { exact: true }).setInputFiles(file(bad));
    await dana.getByRole("button", { name: "Show what it would do" }).click();
    await expect(dana.getByRole("heading", { level: 1, name: "Import of tools" })).toBeVisible();
  };
  await choose(true);
  await expect(dana.getByRole("heading", { name: "What is wrong" })).toBeVisible();
  await expect(dana.getByText("no such kind")).toHaveCount(3);
  await expect(dana.getByRole("button", { name: /^Import / })).toHaveCount(0);
  await expectAccessible(dana);
  await choose(false);
  await dana.getByRole("button", { name: /^Import / }).click();
  await expect(dana.getByText("200 rows are imported.")).toBeVisible();
  await expectAccessible(dana);
  await dana.goto(`${harbor}/tools?q=imported+tool`);
  await expect(dana.getByText(/of 200/).first()).toBeVisible();
  await choose(false);
  await expect(dana.getByRole("row", { name: /As they are/ })).toContainText("200");
});

test("the block list is downloaded, and a filter fetches it without signing in", async ({ asPerson, newPage }) => {
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  await dana.goto(`${harbor}/block-list`);
  await expectAccessible(dana);
  const [download] = await Promise.all([
    dana.waitForEvent("download"),
    dana.getByRole("link", { name: "Download block-list-hosts.txt" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString("utf8")).toContain("0.0.0.0 chat.deepseek.com");
  const address = (await dana.getByText(/\/api\/block-list\/.*\/adguard/).textContent()) ?? "";
  const stranger = await newPage();
  const answer = await stranger.request.get(address);
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain("||deepseek.com^");
  const again = await stranger.request.get(address, { headers: { "If-None-Match": answer.headers().etag ?? "" } });
  expect(again.status()).toBe(304);
  expect((await stranger.request.get(`${address.slice(0, -12)}AAAA/adguard`)).status()).toBe(404);
});
