import { expect, expectAccessible, test } from "#tests/support/browser.ts";

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
    await ben.waitForURL(/\/requests\/[0-9a-f-]{36}/);
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
