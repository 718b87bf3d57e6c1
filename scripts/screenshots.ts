import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { ensureBuilt } from "#scripts/built.ts";
import { launchChromium } from "#scripts/chromium.ts";
import { serveDemo } from "#scripts/serve-demo.ts";

const pictures = path.resolve(import.meta.dirname, "..", "docs", "pictures");

type Picture = { readonly name: string; readonly person: RegExp; readonly page: string; readonly phone?: true };

const PICTURES: readonly Picture[] = [
  { name: "today", person: /Dana Whitfield/, page: "/c/harbor-family" },
  { name: "register", person: /Dana Whitfield/, page: "/c/harbor-family/tools" },
  { name: "ledger", person: /Dana Whitfield/, page: "/c/harbor-family/ledger" },
  { name: "evidence", person: /Priya Raman/, page: "/c/harbor-family/evidence" },
  {
    name: "may-i-use-it",
    person: /María Santos/,
    page: "/c/harbor-family/may-i-use-it?q=chat.deepseek.com",
    phone: true,
  },
];

/** Renews the pictures of README and docs from a fresh demo. */
async function takePictures(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  ensureBuilt();
  const demo = await serveDemo("screenshots");
  const browser = await launchChromium();
  for (const picture of PICTURES) {
    const viewport = picture.phone ? { width: 390, height: 780 } : { width: 1280, height: 820 };
    const page = await (await browser.newContext({ baseURL: demo.address, viewport })).newPage();
    await take(page, picture);
    console.log(`docs/pictures/${picture.name}.png`);
  }
  await browser.close();
  await demo.stop();
}

async function take(page: Page, { name, person, page: address }: Picture): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: person }).click();
  await page.waitForURL("**/c/**");
  await page.goto(address);
  if (!page.url().endsWith(address)) throw new Error(`the picture ${name} would show ${page.url()}`);
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

await takePictures();
