import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const project = path.resolve(import.meta.dirname, "..");
const STAMP = path.join(project, ".next", "wardbook-stamp");
const SOURCES = [
  "app",
  "components",
  "lib",
  "messages",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
];

/** Builds the web app unless the last build was of these very sources. */
export function ensureBuilt(): "built" | "present" {
  const stamp = sourcesHash();
  if (existsSync(path.join(project, ".next", "BUILD_ID")) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp)
    return "present";
  console.log("Building (about a minute)…");
  const next = path.join(project, "node_modules", "next", "dist", "bin", "next");
  const environment: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const result = spawnSync(process.execPath, [next, "build"], {
    cwd: project,
    env: environment,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) throw new Error(`The build failed:\n${result.stdout}\n${result.stderr}`);
  writeFileSync(STAMP, stamp);
  return "built";
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const name of SOURCES) addTo(hash, name);
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, name: string): void {
  const place = path.join(project, name);
  if (!existsSync(place)) return;
  if (statSync(place).isDirectory()) {
    for (const inner of readdirSync(place).sort()) addTo(hash, `${name}/${inner}`);
    return;
  }
  hash.update(`${name}\n`).update(readFileSync(place)).update("\n");
}
