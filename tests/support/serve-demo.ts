import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const project = path.resolve(import.meta.dirname, "../..");
const START_SECONDS_MAX = 180;

/** Serves a fresh demo on a free port for the journeys, as `npm run demo` does; its address and people go into the environment. */
export default async function serveDemo(): Promise<() => Promise<void>> {
  const dataFolder = path.join(project, ".wardbook", "e2e");
  rmSync(dataFolder, { recursive: true, force: true });
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), WARDBOOK_DATA: dataFolder, WARDBOOK_LOG_LEVEL: "warn" };
  const demo = spawn(process.execPath, ["--conditions=react-server", "scripts/demo.ts"], {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  demo.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  demo.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    process.stderr.write(chunk);
  });
  const address = `http://localhost:${port}`;
  await untilHealthy(address, () => (demo.exitCode === null ? null : output));
  process.env.WARDBOOK_E2E_URL = address;
  process.env.WARDBOOK_E2E_DATA = dataFolder;
  process.env.WARDBOOK_E2E_PEOPLE = readFileSync(path.join(dataFolder, "demo-people.json"), "utf8");
  return async () => {
    demo.kill("SIGTERM");
    if (demo.exitCode === null) await new Promise((resolve) => demo.once("exit", resolve));
  };
}

async function untilHealthy(address: string, ended: () => string | null): Promise<void> {
  for (let second = 0; second < START_SECONDS_MAX; second += 1) {
    const output = ended();
    if (output !== null) throw new Error(`The demo ended before it served:\n${output}`);
    const response = await fetch(`${address}/api/health`).catch(() => null);
    if (response?.status === 200) return;
    await wait(1000);
  }
  throw new Error(`The demo was not healthy within ${START_SECONDS_MAX} seconds`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
