import { gzipSync } from "node:zlib";
import { BENCH_CLINICS, type BenchClinic } from "#scripts/bench-clinics.ts";
import { type Times, times } from "#scripts/bench-times.ts";
import { launchChromium } from "#scripts/chromium.ts";

export type Compared = { readonly page: string; readonly small: Times; readonly large: Times; readonly ratio: number };
export type Weight = { readonly page: string; readonly kilobytes: number };
type Page = { readonly name: string; readonly path: string; readonly person: "owner" | "privacy_officer" | "staff" };

/** Pages that are asked for in the small clinic and in the one with 20,000 tools. */
export const TOOL_PAGES: readonly Page[] = [
  { name: "register", path: "tools", person: "privacy_officer" },
  { name: "register, searched", path: "tools?q=assistant", person: "privacy_officer" },
  {
    name: "register, by status",
    path: "tools?status=approved_for_phi&sort=since&direction=desc",
    person: "privacy_officer",
  },
  { name: "May I use it?", path: "may-i-use-it?q=chatgpt&goesIn=phi", person: "staff" },
  { name: "May I use it?, by address", path: "may-i-use-it?q=chat.deepseek.com", person: "staff" },
  { name: "Today", path: "", person: "privacy_officer" },
  { name: "ledger", path: "ledger", person: "privacy_officer" },
];

/** Pages that are asked for in the small clinic and in the one with 5,000 people. `:slug` and `:review` are the clinic's. */
export const PEOPLE_PAGES: readonly Page[] = [
  { name: "people", path: "people", person: "privacy_officer" },
  { name: "people, searched", path: "people?q=maria", person: "privacy_officer" },
  { name: "people, by address", path: "people?q=staff%40:slug.example", person: "privacy_officer" },
  {
    name: "people, by state",
    path: "people?state=active&sort=started&direction=desc",
    person: "privacy_officer",
  },
  { name: "Today of the owner", path: "", person: "owner" },
  { name: "Today of the privacy officer", path: "", person: "privacy_officer" },
  { name: "access review", path: "people/access-reviews/:review", person: "privacy_officer" },
  { name: "access review, to sign", path: "people/access-reviews/:review/sign", person: "privacy_officer" },
];

const STAFF_PAGES = ["", "may-i-use-it", "requests", "policies"];
const OFFICER_PAGES = ["tools", "vendors", "ledger", "evidence"];

/** The open access review of a clinic, where a page is of one. */
export type Reviews = Partial<Record<BenchClinic, string>>;

/** The served app as the people of the bench see it: each signs in once, when first needed. */
export function benchVisitor(address: string, password: string, reviews: Reviews) {
  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (clinic: BenchClinic, person: Page["person"]) => {
    const email = `${person}@${BENCH_CLINICS[clinic].slug}.example`;
    const cookie = cookies.get(email) ?? signIn(address, email, password);
    cookies.set(email, cookie);
    return cookie;
  };
  const urlOf = (clinic: BenchClinic, page: string) => {
    const { slug } = BENCH_CLINICS[clinic];
    const place = page.replace(":slug", slug).replace(":review", reviews[clinic] ?? "");
    return place === "" ? `${address}/c/${slug}` : `${address}/c/${slug}/${place}`;
  };
  const timesOf = async (clinic: BenchClinic, { path, person }: Page) => {
    const [url, cookie] = [urlOf(clinic, path), await cookieOf(clinic, person)];
    return times(() => fetchWhole(url, cookie));
  };
  return {
    compare: async (pages: readonly Page[], against: BenchClinic): Promise<Compared[]> => {
      const compared: Compared[] = [];
      for (const page of pages) {
        const small = await timesOf("small", page);
        const large = await timesOf(against, page);
        compared.push({ page: page.name, small, large, ratio: large.p95 / small.p95 });
      }
      return compared;
    },
    weigh: async (): Promise<Weight[]> => {
      const weights: Weight[] = [];
      for (const page of [...STAFF_PAGES, ...OFFICER_PAGES]) {
        const cookie = await cookieOf("small", STAFF_PAGES.includes(page) ? "staff" : "privacy_officer");
        weights.push({ page: page || "Today", kilobytes: await scriptKilobytes(urlOf("small", page), cookie) });
      }
      return weights;
    },
  };
}

async function signIn(address: string, email: string, password: string): Promise<string> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ baseURL: address });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.locator('input[name="email"]').fill(email);
    await page.locator('input[name="password"]').fill(password);
    await page.locator('input[name="password"]').press("Enter");
    await page.waitForURL("**/c/**");
    return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  } finally {
    await browser.close();
  }
}

/** From the request to the last byte. */
async function fetchWhole(url: string, cookie: string): Promise<void> {
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
}

/** All scripts that the page's own HTML names, compressed as a browser gets them. */
async function scriptKilobytes(url: string, cookie: string): Promise<number> {
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const scripts = new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+)"(?![^>]*nomodule)/gi)].map((match) => match[1] ?? ""),
  );
  let bytes = 0;
  for (const source of scripts) {
    const text = await (await fetch(new URL(source, url))).arrayBuffer();
    bytes += gzipSync(new Uint8Array(text)).byteLength;
  }
  return bytes / 1000;
}
