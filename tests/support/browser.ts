import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { z } from "zod";
import { launchChromium } from "#scripts/chromium.ts";

const People = z.object({
  password: z.string(),
  people: z.array(
    z.object({ email: z.string(), name: z.string(), role: z.string(), clinicName: z.string(), slug: z.string() }),
  ),
});

export const address = (): string => process.env.WARDBOOK_E2E_URL ?? "";
export const demoPeople = () => People.parse(JSON.parse(process.env.WARDBOOK_E2E_PEOPLE ?? "{}"));

type Fixtures = {
  asPerson: (name: string, options?: Parameters<Browser["newContext"]>[0]) => Promise<Page>;
  newPage: (options?: Parameters<Browser["newContext"]>[0]) => Promise<Page>;
};

/** Journeys: each person is a page in a browser context of their own, in which no error may reach the console. */
export const test = base.extend<Fixtures, { chromiumBrowser: Browser }>({
  chromiumBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the dependencies from the pattern
    async ({}, use) => {
      const browser = await launchChromium();
      await use(browser);
      await browser.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  newPage: async ({ chromiumBrowser }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (options = {}) => {
      const baseURL = options.baseURL ?? address();
      const context = await chromiumBrowser.newContext({
        baseURL,
        locale: "en-US",
        timezoneId: "America/New_York",
        // What goes through a worker, a journey can't hold up.
        serviceWorkers: "block",
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      listenForComplaints(page, baseURL, complaints);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
  asPerson: async ({ newPage }, use) => {
    await use(async (name, options) => {
      const page = await newPage(options);
      await signIn(page, name);
      return page;
    });
  },
});

// Chromium itself writes a line for every 4xx, and for what a page asks while it is offline; a route that answers one on
// purpose, and a connection that a journey has taken away, are no error of the page. Our worker's 503 has no words, as a
// server's would.
const EXPECTED =
  /^Failed to load resource: (the server responded with a status of (4\d\d|503 \(\))|net::ERR_INTERNET_DISCONNECTED)/;

function listenForComplaints(page: Page, home: string, complaints: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    // To the sign-in provider a person goes by a click; no page of ours fetches anything there.
    const isOnTheWay = origin === process.env.WARDBOOK_E2E_PROVIDER && request.isNavigationRequest();
    if (protocol.startsWith("http") && origin !== home && !isOnTheWay) complaints.push(`a request left for ${origin}`);
  });
}

/** Signs in with email and password, as a person without the demo's buttons would. */
async function signIn(page: Page, name: string): Promise<void> {
  const { password, people } = demoPeople();
  const person = people.find((candidate) => candidate.name === name);
  if (person === undefined) throw new Error(`nobody in the demo is called ${name}`);
  await page.goto("/sign-in");
  await page.getByLabel(/^(Email|Correo)/).fill(person.email);
  await page.getByLabel(/^(Password|Contraseña)/).fill(password);
  await page.getByRole("button", { name: /^(Sign in|Iniciar sesión)$/ }).click();
  await page.waitForURL(`**/c/${person.slug}`);
}

/** No rule of axe is left out. Looked at is the page, not what holds its place while it comes. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator("h1:visible").first()).toBeVisible();
  await expectNoViolation(axe(page));
}

/** The rules that look at colours, for a page that passes all of them in others. */
export async function expectReadable(page: Page): Promise<void> {
  await expectNoViolation(axe(page).withRules(["color-contrast", "link-in-text-block"]));
}

// No page has frames, for whose results the other mode opens a page of its own each time.
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

async function expectNoViolation(builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.analyze();
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.target.join(" ")) }))).toEqual([]);
}

export { expect };
