import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";

const project = path.resolve(import.meta.dirname, "..");
const RESTART_SECONDS_MAX = 30;

/** Whether a port can be listened on now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.once("listening", () => probe.close(() => resolve(true)));
    probe.listen(port);
  });
}

/** The port that PORT names, 3000 without one; throws a sentence for what is no port. */
export function portFromEnvironment(): number {
  const text = process.env.PORT ?? "";
  if (text === "") return 3000;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Error(`PORT is "${text}"; it has to be a number from 1 to 65535.`);
  return port;
}

export function portTaken(port: number, command: string): Error {
  return new Error(
    `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} ${command}`,
  );
}

/**
 * One supervisor, two children: the web server and the worker. A worker that dies is started again, a little later each
 * time; when the web server ends, everything ends. Resolves with the exit code.
 */
export function supervise(port: number, hostname?: string): Promise<number> {
  // The web server answers strangers: it never learns the owner's address, with which every clinic can be read.
  const { DATABASE_OWNER_URL: _ownerUrl, ...webEnvironment } = process.env;
  const web = run(
    [
      "node_modules/next/dist/bin/next",
      "start",
      "--port",
      String(port),
      ...(hostname === undefined ? [] : ["--hostname", hostname]),
    ],
    webEnvironment,
  );
  let worker = startWorker();
  let restarts = 0;
  let leaving = false;

  function startWorker(): ChildProcess {
    const started = Date.now();
    const child = run(["--conditions=react-server", "scripts/worker.ts"]);
    child.once("exit", () => {
      if (leaving) return;
      restarts = Date.now() - started > 60_000 ? 0 : restarts + 1;
      setTimeout(
        () => {
          if (!leaving) worker = startWorker();
        },
        Math.min(2 ** restarts, RESTART_SECONDS_MAX) * 1000,
      );
    });
    return child;
  }

  return new Promise((resolve) => {
    const leave = (signal: NodeJS.Signals) => {
      leaving = true;
      web.kill(signal);
      worker.kill(signal);
    };
    process.on("SIGINT", () => leave("SIGINT"));
    process.on("SIGTERM", () => leave("SIGTERM"));
    // A closed terminal: the children, in groups of their own, would live on without us.
    process.on("SIGHUP", () => leave("SIGTERM"));
    web.once("exit", async (code) => {
      const wanted = leaving;
      leaving = true;
      worker.kill("SIGTERM");
      if (worker.exitCode === null && worker.signalCode === null)
        await new Promise((done) => worker.once("exit", done));
      // Killed from outside, for want of memory for example, is no good end.
      resolve(code ?? (wanted ? 0 : 1));
    });
  });
}

function run(args: string[], environment: NodeJS.ProcessEnv = process.env): ChildProcess {
  // Its own process group: a Ctrl+C reaches the children once, through us, and not a second time from the terminal.
  return spawn(process.execPath, args, {
    cwd: project,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
}
