import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { stopSender } from "#lib/platform/jobs/send.ts";
import { BENCH_CLINICS, foundBenchClinics } from "#scripts/bench-clinics.ts";
import { bringUpToDate } from "#scripts/bring-up-to-date.ts";
import { ensureBuilt } from "#scripts/built.ts";
import { launchChromium } from "#scripts/chromium.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";
import { freePort } from "#scripts/serve-demo.ts";

const project = path.resolve(import.meta.dirname, "..");
const WARM_UPS = 15;
const REQUESTS = 120;

type Measured = { readonly page: string; readonly small: Times; readonly large: Times; readonly ratio: number };
type Times = { readonly p50: number; readonly p95: number };
type Weight = { readonly page: string; readonly kilobytes: number };
const Founded = z.object({ password: z.string(), importSeconds: z.number(), importedRows: z.int() });
type Founded = z.output<typeof Founded>;

// What is compared stands side by side in one run on one machine; a number alone says more of the machine than of Wardbook.
const PAGES = [
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
] as const;

const STAFF_PAGES = ["", "may-i-use-it", "requests", "policies"];
const OFFICER_PAGES = ["tools", "vendors", "ledger", "evidence"];

/** Measures pages at 20 and at 20,000 tools with a ledger of 1,000,000 events, page weights, and the import of 20,000 rows. */
async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: "boolean" } } });
  process.env.WARDBOOK_DATA = path.join(project, ".wardbook", "bench");
  for (const name of ["DATABASE_URL", "DATABASE_OWNER_URL"]) delete process.env[name];
  const port = await freePort();
  const installation = await openInstallation({ port });
  try {
    await bringUpToDate({ ownerUrl: process.env.DATABASE_OWNER_URL ?? "", appUrl: process.env.DATABASE_URL });
    const founded = await foundOnce(path.join(installation.dataFolder, "bench.json"));
    process.env.WARDBOOK_DEMO = writePeople(installation.dataFolder, founded.password);
    ensureBuilt();
    await Promise.all([stopSender(), disconnectDatabase()]);
    const server = await serve(port);
    try {
      const measured = await measure(`http://localhost:${port}`, founded.password);
      if (values.json) console.log(JSON.stringify({ ...measured, ...withoutPassword(founded) }, null, 2));
      else tell(measured, founded);
    } finally {
      server.kill("SIGTERM");
    }
  } finally {
    await installation.close();
  }
}

async function foundOnce(file: string): Promise<Founded> {
  if (existsSync(file)) return Founded.parse(JSON.parse(readFileSync(file, "utf8")));
  const founded = await foundBenchClinics((line) => console.error(line));
  writeFileSync(file, `${JSON.stringify(founded)}\n`, { mode: 0o600 });
  return founded;
}

// Made-up people, as a demo's are: nobody asks them for a second factor.
function writePeople(folder: string, password: string): string {
  const people = Object.values(BENCH_CLINICS).flatMap((clinic) =>
    clinic.people.map(({ email, role }) => ({ email, role, name: role, clinicName: clinic.slug, slug: clinic.slug })),
  );
  const file = path.join(folder, "bench-people.json");
  writeFileSync(file, JSON.stringify({ password, people }), { mode: 0o600 });
  return file;
}

function withoutPassword({ importSeconds, importedRows }: Founded) {
  return { importSeconds, importedRows };
}

// Only the web server: a worker would sign checkpoints and verify a million events meanwhile.
async function serve(port: number): Promise<ChildProcess> {
  const { DATABASE_OWNER_URL: _ownerUrl, ...environment } = process.env;
  const next = path.join(project, "node_modules", "next", "dist", "bin", "next");
  const server = spawn(process.execPath, [next, "start", "--port", String(port), "--hostname", "127.0.0.1"], {
    cwd: project,
    env: { ...environment, NODE_ENV: "production", WARDBOOK_LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (let second = 0; second < 60; second += 1) {
    const answer = await fetch(`http://localhost:${port}/sign-in`).catch(() => null);
    if (answer?.ok) return server;
    await wait(1000);
  }
  server.kill("SIGTERM");
  throw new Error("The web server did not answer within a minute");
}

async function measure(address: string, password: string): Promise<{ pages: Measured[]; weights: Weight[] }> {
  const cookies = new Map<string, string>();
  for (const { slug, people } of Object.values(BENCH_CLINICS)) {
    for (const { role, email } of people) cookies.set(`${slug} ${role}`, await signIn(address, email, password));
  }
  const timesOf = (slug: string, page: (typeof PAGES)[number]) =>
    times(addressOf(address, slug, page.path), cookies.get(`${slug} ${page.person}`) ?? "");
  const pages: Measured[] = [];
  for (const page of PAGES) {
    const small = await timesOf(BENCH_CLINICS.small.slug, page);
    const large = await timesOf(BENCH_CLINICS.large.slug, page);
    pages.push({ page: page.name, small, large, ratio: large.p95 / small.p95 });
  }
  const weights: Weight[] = [];
  const slug = BENCH_CLINICS.small.slug;
  for (const page of [...STAFF_PAGES, ...OFFICER_PAGES]) {
    const cookie = cookies.get(`${slug} ${STAFF_PAGES.includes(page) ? "staff" : "privacy_officer"}`) ?? "";
    weights.push({ page: page || "Today", kilobytes: await scriptKilobytes(addressOf(address, slug, page), cookie) });
  }
  return { pages, weights };
}

function addressOf(address: string, slug: string, page: string): string {
  return page === "" ? `${address}/c/${slug}` : `${address}/c/${slug}/${page}`;
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

/** Milliseconds from the request to the last byte, one request after the other. */
async function times(url: string, cookie: string): Promise<Times> {
  const taken: number[] = [];
  for (let request = 0; request < WARM_UPS + REQUESTS; request += 1) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    if (request >= WARM_UPS) taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
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

function tell({ pages, weights }: { pages: Measured[]; weights: Weight[] }, founded: Founded): void {
  const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(8);
  console.log("Server time, request to last byte        20 tools            20,000 tools, 1,000,000 events");
  console.log("                                       p50       p95        p50       p95    ratio of p95");
  for (const { page, small, large, ratio } of pages) {
    console.log(
      `${page.padEnd(34)}${ms(small.p50)}  ${ms(small.p95)}   ${ms(large.p50)}  ${ms(large.p95)}   ${ratio.toFixed(2)}`,
    );
  }
  console.log("\nScripts of the first load, compressed");
  for (const { page, kilobytes } of weights) console.log(`${page.padEnd(34)}${kilobytes.toFixed(0).padStart(5)} kB`);
  console.log(`\nImport of ${founded.importedRows} rows: ${founded.importSeconds.toFixed(1)} s`);
}

try {
  await bench();
  process.exit(0);
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}
