import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { stopSender } from "#lib/platform/jobs/send.ts";
import { BENCH_CLINICS, type BenchClinic, foundBenchClinics } from "#scripts/bench-clinics.ts";
import { benchVisitor, PEOPLE_PAGES, type Reviews, TOOL_PAGES } from "#scripts/bench-pages.ts";
import { measureDigests, measurePeople } from "#scripts/bench-people.ts";
import { type Measured, tell } from "#scripts/bench-report.ts";
import { bringUpToDate } from "#scripts/bring-up-to-date.ts";
import { ensureBuilt } from "#scripts/built.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";
import { freePort } from "#scripts/serve-demo.ts";

const project = path.resolve(import.meta.dirname, "..");

const PARTS = ["tools", "people", "digests", "scripts"] as const;
type Part = (typeof PARTS)[number];
const CLINICS_OF: Record<Part, readonly BenchClinic[]> = {
  tools: ["small", "large"],
  people: ["small", "crowd"],
  digests: ["thousand", "tenThousand"],
  scripts: ["small"],
};

/**
 * Measures pages at 20 and at 20,000 tools with a ledger of 1,000,000 events, and at 3 and at 5,003 people; the daily mail
 * of 1,000 and of 10,000 people; page weights; and the import of 20,000 rows. `--only` measures some of these parts.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: "boolean" }, only: { type: "string", multiple: true, default: [...PARTS] } },
  });
  const parts = values.only.map(partNamed);
  process.env.WARDBOOK_DATA = path.join(project, ".wardbook", "bench");
  for (const name of ["DATABASE_URL", "DATABASE_OWNER_URL"]) delete process.env[name];
  // Digests are queued where mail goes out. Nothing goes out here: only a worker would send it.
  Object.assign(process.env, { RESEND_API_KEY: "re_measured_only", MAIL_FROM: "mail@wardbook.example" });
  const port = await freePort();
  const installation = await openInstallation({ port });
  try {
    await bringUpToDate({ ownerUrl: process.env.DATABASE_OWNER_URL ?? "", appUrl: process.env.DATABASE_URL });
    const { password, importSeconds, importedRows } = await foundBenchClinics(
      path.join(installation.dataFolder, "bench.json"),
      [...new Set(parts.flatMap((part) => CLINICS_OF[part]))],
      (line) => console.error(line),
    );
    const { reviews = {}, ...people } = parts.includes("people") ? await measurePeople() : {};
    const digests = parts.includes("digests") ? await measureDigests() : undefined;
    await Promise.all([stopSender(), disconnectDatabase()]);
    process.env.WARDBOOK_DEMO = writePeople(installation.dataFolder, password);
    const served = await measureServed({ parts, port, password, reviews });
    const imported = parts.includes("tools") ? { importSeconds, importedRows } : {};
    const measured: Measured = { ...people, ...(digests && { digests }), ...served, ...imported };
    if (values.json) console.log(JSON.stringify(measured, null, 2));
    else tell(measured);
  } finally {
    await Promise.all([stopSender(), disconnectDatabase()]);
    await installation.close();
  }
}

function partNamed(name: string): Part {
  const part = PARTS.find((one) => one === name);
  if (part === undefined) throw new Error(`--only takes ${PARTS.join(", ")}; given again, it takes several.`);
  return part;
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

type ToServe = { parts: readonly Part[]; port: number; password: string; reviews: Reviews };

async function measureServed({ parts, port, password, reviews }: ToServe) {
  if (parts.every((part) => part === "digests")) return {};
  ensureBuilt();
  const server = await serve(port);
  try {
    const { compare, weigh } = benchVisitor(`http://localhost:${port}`, password, reviews);
    return {
      ...(parts.includes("tools") && { pages: await compare(TOOL_PAGES, "large") }),
      ...(parts.includes("people") && { peoplePages: await compare(PEOPLE_PAGES, "crowd") }),
      ...(parts.includes("scripts") && { weights: await weigh() }),
    };
  } finally {
    server.kill("SIGTERM");
  }
}

// Only the web server: a worker would sign checkpoints and verify a million events meanwhile.
async function serve(port: number): Promise<ChildProcess> {
  const { DATABASE_OWNER_URL: _owner, RESEND_API_KEY: _key, MAIL_FROM: _from, ...environment } = process.env;
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

try {
  await bench();
  process.exit(0);
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}
