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
    await dana.getByRole("textbox", { name: "Company", exact: true }).first().fill("Otter.ai");
    await dana.getByLabel("What it does with a prompt").first().selectOption({ label: "Vendor's application" });
    await dana
      .getByRole("radio", { name: /A BAA that we have/ })
      .first()
      .check();
    await dana.getByLabel("Our BAA").first().selectOption({ index: 1 });
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

test("a nurse looks a tool up, asks for it on her phone, and reads the answer", async ({ asPerson, newPage }) => {
  test.setTimeout(120_000);
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  const ben = await newPage({ viewport: { width: 390, height: 800 } });
  await ben.goto("/sign-in");
  await ben.getByRole("button", { name: /Ben Ferreira/ }).click();
  await ben.waitForURL(`**${harbor}`);
  const product = "Pocket Phrasebook";

  await test.step("Ben looks it up, finds nothing, and asks in two short steps", async () => {
    await ben.goto(`${harbor}/may-i-use-it?q=${encodeURIComponent(product)}`);
    await ben.getByRole("link", { name: "Ask for it" }).first().click();
    await ben.getByLabel("Name of the tool").fill(product);
    await ben.getByRole("button", { name: "Continue" }).click();
    await ben.getByLabel("What would you use it for?").fill("Phrases in Haitian Creole at the front desk.");
    await ben.getByRole("radio", { name: /Nothing about patients/ }).check();
    await expectAccessible(ben);
    await ben.getByRole("button", { name: "Send the request" }).click();
    await expect(ben.getByText("Your request is sent.")).toBeVisible();
    expect(await ben.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  await test.step("Dana refuses it in words", async () => {
    await dana.goto(`${harbor}/requests`);
    await dana.getByRole("link", { name: product }).click();
    await dana.getByRole("radio", { name: /Refuse it/ }).check();
    await dana.getByLabel("Why, in words for who asked").fill("The interpreters' line does this, with people.");
    await expectAccessible(dana);
    await dana.getByRole("button", { name: "Send the answer" }).click();
    await expect(dana.getByText("Your answer is recorded.")).toBeVisible();
  });

  await test.step("Ben reads why, also after a reload", async () => {
    await ben.goto(`${harbor}/requests/mine`);
    await ben.getByRole("link", { name: new RegExp(product) }).click();
    await ben.reload();
    await expect(ben.getByText("The interpreters' line does this, with people.")).toBeVisible();
    await expectAccessible(ben);
  });
});

test("two officers answer at once: one answer stands, and the other is told whose", async ({ asPerson }) => {
  test.setTimeout(120_000);
  const [james, dana, grace] = [
    await asPerson("James Park"),
    await asPerson("Dana Whitfield"),
    await asPerson("Grace Okafor"),
  ];
  const harbor = new URL(dana.url()).pathname;
  await james.goto(`${harbor}/requests/new`);
  await james.getByLabel("Name of the tool").fill("Reminder Robot");
  await james.getByRole("button", { name: "Continue" }).click();
  await james.getByLabel("What would you use it for?").fill("Calls about appointments.");
  await james.getByRole("radio", { name: /Nothing about patients/ }).check();
  await james.getByRole("button", { name: "Send the request" }).click();
  await expect(james.getByText("Your request is sent.")).toBeVisible();
  for (const officer of [dana, grace]) {
    await officer.goto(`${harbor}/requests`);
    await officer.getByRole("link", { name: "Reminder Robot" }).click();
    await officer.getByRole("radio", { name: /Refuse it/ }).check();
    await officer.getByLabel("Why, in words for who asked").fill("The record system does this already.");
  }
  await dana.getByRole("button", { name: "Send the answer" }).click();
  await expect(dana.getByText("Your answer is recorded.")).toBeVisible();
  await grace.getByRole("button", { name: "Send the answer" }).click();
  await expect(grace.getByText(/Dana Whitfield/).first()).toBeVisible();
  await expect(grace.getByText("Your answer is recorded.")).toHaveCount(0);
});

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
  expect(await answer.text()).toContain("||chat.deepseek.com^");
  const again = await stranger.request.get(address, { headers: { "If-None-Match": answer.headers().etag ?? "" } });
  expect(again.status()).toBe(304);
  expect((await stranger.request.get(`${address.slice(0, -12)}AAAA/adguard`)).status()).toBe(404);
});

test("staff sign the directive on a phone, and the officer sees who has not", async ({ asPerson, newPage }) => {
  test.setTimeout(120_000);
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  const amara = await newPage({ viewport: { width: 390, height: 800 } });
  await amara.goto("/sign-in");
  await amara.getByRole("button", { name: /Amara Nwosu/ }).click();
  await amara.waitForURL(`**${harbor}`);
  await amara.getByRole("link", { name: "Read and sign" }).click();
  await expectAccessible(amara);
  await amara
    .getByLabel(/Your name|name/)
    .last()
    .fill("Someone Else");
  await amara.getByRole("button", { name: /Sign/ }).last().click();
  await expect(amara.getByText(/Type your name as the clinic has it: Amara Nwosu/).first()).toBeVisible();
  await amara
    .getByLabel(/Your name|name/)
    .last()
    .fill("amara nwosu");
  await amara.getByRole("button", { name: /Sign/ }).last().click();
  await expect(amara.getByText(/Signed/).first()).toBeVisible();
  await amara.reload();
  await expect(amara.getByText(/Signed/).first()).toBeVisible();
  await dana.goto(`${harbor}/policies/P02/signatures`);
  await expect(dana.getByRole("row", { name: /Amara Nwosu/ })).toContainText(/Signed/);
  await expect(dana.getByRole("row", { name: /James Park/ })).not.toContainText(/^Signed/);
  await expectAccessible(dana);
});
