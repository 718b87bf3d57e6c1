import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const project = path.resolve(import.meta.dirname, "..");
const START_SECONDS_MAX = 180;

export type ServedDemo = { readonly address: string; readonly dataFolder: string; stop(): Promise<void> };

/** What else it is given, once its address is known. */
type Settings = (address: string) => Promise<Readonly<Record<string, string>>>;

type Serving = { readonly script?: string; readonly settings?: Settings };

/**
 * Serves a fresh demo on a free port, as `npm run demo` does, or what another script serves, from a data folder of that
 * name which is emptied before.
 */
export async function serveDemo(
  name: string,
  { script = "scripts/demo.ts", settings = async () => ({}) }: Serving = {},
): Promise<ServedDemo> {
  const dataFolder = path.join(project, ".wardbook", name);
  rmSync(dataFolder, { recursive: true, force: true });
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const own = { PORT: String(port), WARDBOOK_DATA: dataFolder, WARDBOOK_LOG_LEVEL: "warn" };
  const env = { ...process.env, ...own, ...(await settings(address)) };
  const demo = spawn(process.execPath, ["--conditions=react-server", script], {
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
  await untilHealthy(address, () => (demo.exitCode === null ? null : output));
  const stop = async () => {
    demo.kill("SIGTERM");
    if (demo.exitCode === null) await new Promise((resolve) => demo.once("exit", resolve));
  };
  return { address, dataFolder, stop };
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

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
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
