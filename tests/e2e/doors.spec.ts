import { readdirSync } from "node:fs";
import path from "node:path";
import { address, demoPeople, expect, test } from "#tests/support/browser.ts";

const project = path.resolve(import.meta.dirname, "../..");

/** Every page of the workspace, from the folder tree, so that a new one can't be forgotten. */
function workspaceRoutes(clinic: string): string[] {
  const root = path.join(project, "app", "(workspace)", "c", "[clinic]");
  return (
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => path.basename(file) === "page.tsx")
      .map((file) => path.dirname(file).replace(/^\.$/, ""))
      // A folder in parentheses is no part of the address.
      .map((folder) => folder.replace(/\(\w+\)/g, ""))
      .map((folder) =>
        folder.replace(/\[key\]/, "openai-api").replace(/\[\w+\]/g, "3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11"),
      )
      .map((folder) => path.posix.join("/c", clinic, folder.split(path.sep).join("/")))
  );
}

test("every page of a clinic sends a stranger to the sign-in page", async ({ newPage }) => {
  const stranger = await newPage();
  for (const route of workspaceRoutes("harbor-family")) {
    const answer = await stranger.request.get(route);
    expect(new URL(answer.url()).pathname, route).toBe("/sign-in");
  }
});

test("another clinic's pages are not found, whatever their names", async ({ asPerson }) => {
  const tom = await asPerson("Tom Abara");
  for (const route of [...workspaceRoutes("harbor-family"), "/c/no-such-clinic"]) {
    const answer = await tom.request.get(route);
    expect(answer.status(), route).toBe(404);
  }
});

test("a tool of another clinic is not found under one's own", async ({ asPerson }) => {
  const dana = await asPerson("Dana Whitfield");
  await dana.goto("/c/harbor-family/tools?q=grammarly");
  await dana
    .getByRole("link", { name: /Grammarly/ })
    .first()
    .click();
  await dana.waitForURL(/tools\/[0-9a-f-]{36}/);
  const foreign = new URL(dana.url()).pathname.replace("harbor-family", "cedar-street");
  const tom = await asPerson("Tom Abara");
  expect((await tom.goto(foreign))?.status()).toBe(404);
});

test("every script that a page begins with asks to be compiled while it arrives", async ({ newPage }) => {
  const page = await newPage();
  const html = await (await page.request.get("/sign-in")).text();
  const scripts = [...new Set(html.match(/\/_next\/static\/chunks\/[\w.~-]+\.js/g))];
  expect(scripts.length).toBeGreaterThan(5);
  for (const script of scripts) {
    expect((await (await page.request.get(script)).text()).split("\n")[0]).toBe("//# allFunctionsCalledOnLoad");
  }
});

test("a wrong password and an unknown email are refused in the same words", async ({ newPage }) => {
  const words: string[] = [];
  for (const email of ["luis@harbor-family.example", "nobody@harbor-family.example"]) {
    const page = await newPage();
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill("a wrong password, and long enough");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const alert = page.getByText(/don't fit together/).first();
    await expect(alert).toBeVisible();
    words.push((await alert.textContent()) ?? "");
    await expect(page.getByLabel("Email")).toHaveValue(email);
    await expect(page.getByLabel("Password")).toHaveValue("");
  }
  expect(words[0]).toBe(words[1]);
});

test("signing out ends the session itself: the old cookie opens nothing", async ({ asPerson, newPage }) => {
  const luis = await asPerson("Luis Ortega");
  const cookies = await luis.context().cookies();
  await luis.getByRole("button", { name: "Sign out" }).first().click();
  await luis.waitForURL("**/sign-in**");
  const thief = await newPage();
  await thief.context().addCookies(cookies);
  await thief.goto("/c/harbor-family");
  expect(new URL(thief.url()).pathname).toBe("/sign-in");
});

test("staff see no register, no ledger and no evidence, in words and not by accident", async ({ asPerson }) => {
  const yolanda = await asPerson("Yolanda Reyes");
  for (const page of ["tools", "tools/catalogue", "ledger", "evidence"]) {
    await yolanda.goto(`/c/cedar-street/${page}`);
    await expect(yolanda.getByRole("heading", { level: 1 }), page).not.toHaveText(
      /^(Tools|Catalogue|Ledger|Evidence packs)$/,
    );
    await expect(yolanda.getByRole("table")).toHaveCount(0);
  }
});

test("the answer to a stranger's request for a pack says nothing of it", async ({ newPage }) => {
  const stranger = await newPage();
  const route = "/api/evidence/harbor-family/3f0c7a52-6a86-4d8e-9d0f-3a8c1f3e2b11";
  for (const [method, url] of [
    ["GET", route],
    ["POST", `${route}/download`],
  ] as const) {
    const response = await stranger.request.fetch(url, { method, maxRedirects: 0 });
    expect(response.status(), url).toBeGreaterThanOrEqual(300);
    expect(response.status(), url).toBeLessThan(500);
    expect(await response.text()).not.toContain("sha256");
  }
});

test("every answer carries the security headers, and the policy a fresh nonce", async ({ newPage }) => {
  const page = await newPage();
  const policies: string[] = [];
  for (let visit = 0; visit < 2; visit += 1) {
    const headers = (await page.goto("/sign-in"))?.headers() ?? {};
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
    });
    expect(headers["x-powered-by"]).toBeUndefined();
    policies.push(headers["content-security-policy"] ?? "");
  }
  expect(policies[0]).toContain("frame-ancestors 'none'");
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(policies[0]).not.toBe(policies[1]);
});

test("health is public and says only what is well", async ({ newPage }) => {
  const page = await newPage();
  const response = await page.request.get("/api/health");
  expect(response.status()).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ok" });
  expect(JSON.stringify(await response.json())).not.toContain(new URL(address()).host);
});

test("the demo's people are listed, each with one click", async ({ newPage }) => {
  const page = await newPage();
  await page.goto("/sign-in");
  for (const { name } of demoPeople().people)
    await expect(page.getByRole("button", { name: new RegExp(name) })).toBeVisible();
});
