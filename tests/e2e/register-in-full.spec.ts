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

test("an answer to the wrong tool is taken back, and the nurse reads why", async ({ asPerson }) => {
  test.setTimeout(120_000);
  const [james, dana] = [await asPerson("James Park"), await asPerson("Dana Whitfield")];
  const harbor = new URL(dana.url()).pathname;
  const product = "Quarterly Quill";
  await james.goto(`${harbor}/requests/new`);
  await james.getByLabel("Name of the tool").fill(product);
  await james.getByRole("button", { name: "Continue" }).click();
  await james.getByLabel("What would you use it for?").fill("Drafts of the newsletter.");
  await james.getByRole("radio", { name: /Nothing about patients/ }).check();
  await james.getByRole("button", { name: "Send the request" }).click();
  await expect(james.getByText("Your request is sent.")).toBeVisible();
  const page = new URL(james.url()).pathname;

  await test.step("a refusal of Dana's answer is over once she has said which tool is meant, and her words stay", async () => {
    await dana.goto(`${page}?q=ChatGPT`);
    await dana.getByRole("radio", { name: /Use another tool instead/ }).check();
    await dana.getByLabel("Why, in words for who asked").fill("It does the same.");
    await dana.getByRole("button", { name: "Send the answer" }).click();
    const refusal = dana.getByRole("alert").filter({ hasText: "Nothing was saved yet" });
    await expect(refusal).toContainText("Choose the tool.");
    await dana
      .getByRole("button", { name: /This is it/ })
      .first()
      .click();
    await expect(dana.getByText("This request means", { exact: true })).toBeVisible();
    await expect(refusal).toHaveCount(0);
    await expect(dana.getByLabel("Why, in words for who asked")).toHaveValue("It does the same.");
    await dana.getByRole("button", { name: "It is not this one" }).click();
    await expect(dana.getByText("This request means", { exact: true })).toHaveCount(0);
  });

  await test.step("she refuses it, takes that back, and James reads both", async () => {
    await dana.getByRole("radio", { name: /Refuse it/ }).check();
    await dana.getByRole("button", { name: "Send the answer" }).click();
    await expect(dana.getByText("Your answer is recorded.")).toBeVisible();
    await dana.getByText("Open it again").click();
    await dana.getByLabel("Why, in words for who asked").fill("I took it for another one.");
    await expectAccessible(dana);
    await dana.getByRole("button", { name: "Take the answer back" }).click();
    await expect(dana.getByText("The request is open again.")).toBeVisible();
    await james.goto(page);
    await expect(james.getByText("I took it for another one.")).toBeVisible();
    await expect(james.getByText("Waiting for an answer").first()).toBeVisible();
    await expectAccessible(james);
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
