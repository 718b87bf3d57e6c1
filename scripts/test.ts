import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBuilt } from "#scripts/built.ts";

const project = path.resolve(import.meta.dirname, "..");
const reports = path.join(project, ".wardbook", "reports");

type Tally = { passed: number; failed: number };
type Step = { readonly name: string; readonly run: () => Promise<Tally> };

/** Everything that has to hold, in the order in which a mistake is cheapest to see. Ends with `N passed, N failed`. */
const steps: readonly Step[] = [
  { name: "format and lint", run: () => gate("@biomejs/biome/bin/biome", ["ci", "."]) },
  { name: "types", run: () => gate("typescript/bin/tsc", ["--noEmit"]) },
  { name: "dead code and dependencies", run: () => gate("knip/bin/knip.js", []) },
  { name: "unit, architecture and integration", run: vitest },
  { name: "build", run: build },
  { name: "browser", run: playwright },
];

async function main(): Promise<number> {
  const only = process.argv.slice(2);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const total: Tally = { passed: 0, failed: 0 };
  for (const step of steps.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)))) {
    const started = Date.now();
    console.log(`\n— ${step.name}`);
    const tally = await step.run();
    total.passed += tally.passed;
    total.failed += tally.failed;
    console.log(
      `— ${step.name}: ${tally.passed} passed, ${tally.failed} failed, ${Math.round((Date.now() - started) / 1000)} s`,
    );
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

async function gate(script: string, args: string[]): Promise<Tally> {
  const code = await run([path.join("node_modules", script), ...args]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function build(): Promise<Tally> {
  try {
    ensureBuilt();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

async function vitest(): Promise<Tally> {
  const report = path.join(reports, "vitest.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run(["node_modules/vitest/vitest.mjs", ...args]);
  const result = readReport(report) as { numPassedTests?: number; numFailedTests?: number } | null;
  return tallyOf(result?.numPassedTests ?? 0, result?.numFailedTests ?? 0, code);
}

async function playwright(): Promise<Tally> {
  const report = path.join(reports, "playwright.json");
  const code = await run(["node_modules/@playwright/test/cli.js", "test"]);
  const stats = (readReport(report) as { stats?: { expected: number; unexpected: number; flaky: number } } | null)
    ?.stats;
  return tallyOf(stats?.expected ?? 0, (stats?.unexpected ?? 0) + (stats?.flaky ?? 0), code);
}

// A runner that died without a report, or found no test, has failed.
function tallyOf(passed: number, failed: number, code: number): Tally {
  return { passed, failed: failed > 0 || (code === 0 && passed > 0) ? failed : 1 };
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

function run(args: string[]): Promise<number> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: project, env, stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

process.exit(await main());
