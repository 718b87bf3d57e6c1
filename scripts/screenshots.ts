import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { ensureBuilt } from "#scripts/built.ts";
import { launchChromium } from "#scripts/chromium.ts";
import { PICTURES, type Picture, type Step } from "#scripts/pictures.ts";
import { serveDemo } from "#scripts/serve-demo.ts";

const pictures = path.resolve(import.meta.dirname, "..", "docs", "pictures");

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

async function take(page: Page, { name, person, page: address, steps = [] }: Picture): Promise<void> {
  await page.goto("/sign-in");
  if (person !== null) {
    await page.getByRole("button", { name: person }).click();
    await page.waitForURL("**/c/**");
    await page.goto(address);
  }
  if (!page.url().endsWith(address)) throw new Error(`the picture ${name} would show ${page.url()}`);
  for (const step of steps) await follow(page, step);
  // What holds the place of a page while it comes has no heading.
  await page.locator("h1").first().waitFor();
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

async function follow(page: Page, { role, name }: Step): Promise<void> {
  const left = page.url();
  await page.getByRole("main").getByRole(role, { name }).first().click();
  await page.waitForURL((url) => url.href !== left);
}

await takePictures();
