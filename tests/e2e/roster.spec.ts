import { Buffer } from "node:buffer";
import { expect, expectAccessible, test } from "#tests/support/browser.ts";

test("an officer imports a list of people, takes their links once, and makes new ones for who has not joined", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  const tag = Date.now();
  const file = (role: string) => ({
    name: "staff.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `\uFEFFFirst name;Last name;E-mail;Role\r\nNora;Lind ${tag};nora-${tag}@roster.test;${role}\r\nÆgir;深;aegir-${tag}@roster.test;\r\n`,
    ),
  });
  const choose = async (role: string) => {
    await dana.goto(`${harbor}/people`);
    await dana.getByRole("link", { name: "Import a list" }).click();
    await expect(dana.getByRole("radio", { name: /^People/ })).toBeChecked();
    await dana.getByLabel("File", { exact: true }).setInputFiles(file(role));
    await dana.getByRole("button", { name: "Show what it would do" }).click();
    await expect(dana.getByRole("heading", { level: 1, name: "Import of people" })).toBeVisible();
  };
  await choose("Owner");
  await expect(dana.getByText("You can’t give a role above your own.")).toBeVisible();
  await expectAccessible(dana);
  await choose("Manager");
  await dana.getByRole("button", { name: "Import 2 rows" }).click();
  await expect(dana.getByText("2 people are invited.")).toBeVisible();
  const row = dana.getByRole("row", { name: /Nora Lind/ });
  await expect(row).toContainText("/invitation/");
  await expect(dana.getByRole("heading", { name: "What it did" })).toBeVisible();
  await expectAccessible(dana);
  const [download] = await Promise.all([
    dana.waitForEvent("download"),
    dana.getByRole("button", { name: "Download all as CSV" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const links = Buffer.concat(chunks).toString("utf8");
  expect(links).toContain(`aegir-${tag}@roster.test`);
  const before = /\/invitation\/\S+/.exec(links)?.[0] ?? "";
  await dana.reload();
  await expect(dana.getByText("/invitation/")).toHaveCount(0);
  await dana.getByRole("button", { name: "Make new links for 2 people" }).click();
  await expect(dana.getByText("2 new links are made, and the old ones have ended.")).toBeVisible();
  await expect(row).toContainText("/invitation/");
  await expect(dana.getByText(before.trim())).toHaveCount(0);
});

test("a new link for one person is shown, and the page says at once that another invitation has taken its place", async ({
  asPerson,
}) => {
  const dana = await asPerson("Dana Whitfield");
  const harbor = new URL(dana.url()).pathname;
  const name = `Piet ${Date.now()}`;
  await dana.goto(`${harbor}/people/invite`);
  await dana.getByLabel("Name", { exact: true }).fill(name);
  await dana.getByLabel("Email").fill(`${name.replace(" ", "-").toLowerCase()}@roster.test`);
  await dana.getByRole("radio", { name: /^Staff/ }).check();
  await dana.getByRole("button", { name: "Make the link" }).click();
  await expect(dana.getByText("The invitation is made.")).toBeVisible();
  await dana.goto(`${harbor}/people/invitations?q=${encodeURIComponent(name)}`);
  await dana.getByRole("link", { name, exact: true }).click();
  await dana.getByRole("button", { name: "Make a new link" }).click();
  await expect(dana.getByText("There is a new link for")).toBeVisible();
  await expect(dana.getByText(/\/invitation\//)).toBeVisible();
  await expect(dana.getByText("Taken back")).toBeVisible();
  await expect(dana.getByRole("button", { name: "Make a new link" })).toHaveCount(0);
  await dana.getByRole("link", { name: "Open the newer invitation" }).click();
  await expect(dana.getByRole("button", { name: "Make a new link" })).toBeVisible();
});
