import { expect, expectAccessible, test } from "#tests/support/browser.ts";

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
  await expect(amara.getByText("Signed. Your signature is kept with the exact text.")).toBeVisible();
  await amara.reload();
  await expect(amara.getByText(/^Signed .*, as “amara nwosu”$/)).toBeVisible();
  await expectAccessible(amara);
  await dana.goto(`${harbor}/policies/P02/versions/1/signatures`);
  await expect(dana.getByRole("row", { name: /Amara Nwosu/ })).toContainText("Signed");
  await expect(dana.getByRole("row", { name: /James Park/ })).toContainText("Not signed yet");
  await expectAccessible(dana);
});
