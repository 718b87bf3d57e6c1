import { address, demoPeople, expect, expectAccessible, test } from "#tests/support/browser.ts";

const HARBOR = "/c/harbor-family";
const DOMAIN = "harbor-family.example";

/** Who sits at the provider next, or what the DNS has. */
async function stage(said: { sits: object | null } | { name: string; says: readonly string[] }): Promise<void> {
  await fetch(process.env.WARDBOOK_E2E_STAGE ?? "", { method: "POST", body: JSON.stringify(said) });
}

test("Grace proves the clinic’s domain, Tess joins by signing in with it, and Amara links her account", async ({
  asPerson,
  newPage,
}) => {
  const grace = await asPerson("Grace Okafor");
  await grace.goto(`${HARBOR}/settings`);
  await grace.getByRole("link", { name: "Manage the domains" }).click();
  await expect(grace.getByText("No domain yet")).toBeVisible();
  await expectAccessible(grace);
  await grace.getByLabel("Domain", { exact: true }).fill("gmail.com");
  await grace.getByLabel("Through whom").selectOption({ label: "Harbor ID" });
  await grace.getByRole("button", { name: "Add the domain" }).click();
  await expect(grace.getByText(/Anybody can have an address at gmail.com/).first()).toBeVisible();
  await grace.getByLabel("Domain", { exact: true }).fill(`@${DOMAIN.toUpperCase()}`);
  await grace.getByRole("button", { name: "Add the domain" }).click();
  await expect(grace.getByText(`${DOMAIN} is added.`)).toBeVisible();
  await expectAccessible(grace);
  await grace.getByRole("button", { name: "Check now" }).click();
  await expect(grace.getByText(/doesn’t have the record yet/).first()).toBeVisible();
  const record = (await grace.getByText(/^wardbook-verification=/).textContent()) ?? "";
  await stage({ name: DOMAIN, says: ["v=spf1 -all", record] });
  await grace.getByRole("button", { name: "Check now" }).click();
  await expect(grace.getByText("The domain is proved.")).toBeVisible();
  await grace.getByRole("radio", { name: "They join as staff" }).check();
  await grace.getByRole("button", { name: "Save", exact: true }).click();
  await expect(grace.getByText("People of the domain join as staff from now on.")).toBeVisible();
  await grace.reload();
  await expect(grace.getByText("Proved", { exact: true }).first()).toBeVisible();
  await expect(grace.getByRole("radio", { name: "They join as staff" })).toBeChecked();
  await expectAccessible(grace);
  const own = (await grace.getByText(/sign-in\?clinic=/).textContent()) ?? "";

  const tess = await newPage();
  await stage({ sits: null });
  await tess.goto(own);
  await tess.getByRole("button", { name: "Sign in with Harbor ID" }).click();
  await expect(tess.getByText(/you didn’t agree to sign in/).first()).toBeVisible();
  await expectAccessible(tess);
  const known = { email: `tess@${DOMAIN}`, email_verified: true, name: "Tess Lindqvist" };
  await stage({ sits: { ...known, sub: "tess", email_verified: false } });
  await tess.getByRole("button", { name: "Sign in with Harbor ID" }).click();
  await expect(tess.getByText(/doesn’t stand for your email address/).first()).toBeVisible();
  await stage({ sits: { ...known, sub: "tess" } });
  await tess.getByRole("button", { name: "Sign in with Harbor ID" }).click();
  await tess.waitForURL(`**${HARBOR}`);
  await tess.goto("/account");
  await expect(tess.getByText("Harbor ID: tess@")).toBeVisible();
  await tess.getByRole("button", { name: "No longer sign in with Harbor ID" }).click();
  await expect(tess.getByText(/This is the only way in to your account/).first()).toBeVisible();
  await expectAccessible(tess);
  await tess.goto(`${HARBOR}/people`);
  await expect(tess.getByRole("heading", { level: 1 })).not.toHaveText("People");

  const amara = await asPerson("Amara Nwosu");
  await stage({ sits: { sub: "amara", email: "amara@elsewhere.example" } });
  await amara.goto("/account");
  const linking = amara.getByRole("region", { name: "Who vouches for you" });
  await linking.getByLabel("Your password now").fill(demoPeople().password);
  await linking.getByRole("button", { name: "Sign in with Harbor ID from now on" }).click();
  await expect(amara.getByText("It is linked. From now on it signs you in.")).toBeVisible();
  await expectAccessible(amara);
  await amara.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await amara.waitForURL("**/sign-in");
  await amara.getByRole("button", { name: "Sign in with Harbor ID" }).click();
  await amara.waitForURL(`**${HARBOR}`);
  await amara.goto(`${address()}/sign-in/back/generic?code=x&state=y`);
  await expect(amara.getByText(/^You are signed in as amara/)).toBeVisible();
  await amara.getByRole("link", { name: "Go on as you are" }).click();
  await amara.waitForURL(`**${HARBOR}`);

  await grace.goto(`${HARBOR}/ledger`);
  await expect(grace.getByText(/Tess Lindqvist joined as staff by signing in with/)).toBeVisible();
});
