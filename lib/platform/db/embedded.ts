import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { chown, lchown, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { findBinaries } from "./embedded-binaries.ts";

const run = promisify(execFile);
const executable = process.platform === "win32" ? ".exe" : "";
export const projectFolder = path.resolve(import.meta.dirname, "../../..");

/** Where one embedded Postgres keeps its parts, and as whom it runs when we are root (which Postgres refuses to be). */
export type Embedded = {
  binaries: string;
  cluster: string;
  log: string;
  runAs: { uid: number; gid: number } | undefined;
};

export type Postmaster = { pid: number; port: number };

export async function locateEmbedded(dataFolder: string): Promise<Embedded> {
  const cluster = path.join(dataFolder, "postgres");
  const log = path.join(dataFolder, "postgres.log");
  if (process.getuid?.() !== 0) {
    return { binaries: await findBinaries({ copyTo: dataFolder, alwaysCopy: false }), cluster, log, runAs: undefined };
  }
  const home = path.join("/var/lib/wardbook", shortHash(projectFolder));
  const binaries = await findBinaries({ copyTo: home, alwaysCopy: true });
  const owner = existsSync(cluster) ? await stat(cluster) : undefined;
  if (owner && owner.uid !== 0) return { binaries, cluster, log, runAs: { uid: owner.uid, gid: owner.gid } };
  const runAs = nobody();
  if (!isOpenToOthers(dataFolder)) return { binaries, cluster: `${home}/data-${shortHash(dataFolder)}`, log, runAs };
  // Root's copy of a data folder belongs to root, whom Postgres refuses to serve.
  if (owner) await chownAll(cluster, runAs);
  return { binaries, cluster, log, runAs };
}

/** Leaves a complete cluster or none: it is made beside its place, and of two makers the first one wins. */
export async function createCluster(embedded: Embedded, superuserPassword: string): Promise<void> {
  const staging = `${embedded.cluster}.${randomUUID()}.new`;
  const passwordFile = `${staging}.password`;
  await mkdir(staging, { mode: 0o700 });
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  if (embedded.runAs) {
    await chown(staging, embedded.runAs.uid, embedded.runAs.gid);
    await chown(passwordFile, embedded.runAs.uid, embedded.runAs.gid);
  }
  try {
    await runBinary(embedded, "initdb", [
      ...["-D", staging, "-U", "postgres", `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--no-instructions"],
      ...["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ]);
    await rename(staging, embedded.cluster).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

export async function startPostmaster(embedded: Embedded, port: number): Promise<ChildProcess> {
  const log = await open(embedded.log, "a", 0o600);
  try {
    const settings = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "timezone=UTC"];
    const child = spawn(
      path.join(embedded.binaries, "bin", `postgres${executable}`),
      ["-D", embedded.cluster, ...settings.flatMap((setting) => ["-c", setting])],
      // Detached: Ctrl-C in a terminal must reach us, not cut the database off beneath our last writes.
      { ...spawnOptions(embedded), detached: true, windowsHide: true, stdio: ["ignore", log.fd, log.fd] },
    );
    child.on("error", () => {});
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** The live server of this cluster. What a crash or a copied folder left behind is cleared, else Postgres balks at it. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const file = path.join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [pid, folder, , port] = readFileSync(file, "utf8").split("\n");
  if (!port) return undefined;
  if (isSameFolder(folder, cluster) && isPostgres(Number(pid))) return { pid: Number(pid), port: Number(port) };
  rmSync(file, { force: true });
  return undefined;
}

/** Returns when the server has written everything and is gone. */
export async function stopPostmaster(embedded: Embedded): Promise<void> {
  await runBinary(embedded, "pg_ctl", ["stop", "-D", embedded.cluster, "-m", "fast", "-w"]);
}

async function runBinary(embedded: Embedded, name: string, parameters: string[]): Promise<void> {
  const file = path.join(embedded.binaries, "bin", `${name}${executable}`);
  try {
    await run(file, parameters, { ...spawnOptions(embedded), windowsHide: true });
  } catch (error) {
    const reason = error instanceof Error && "stderr" in error ? `${error.message}\n${error.stderr}` : String(error);
    throw new Error(`The embedded Postgres could not run ${name}. DATABASE_URL can name another one. ${reason}`);
  }
}

function spawnOptions(embedded: Embedded) {
  // A short environment: another user can read that of a process that runs as them.
  const { PATH, SystemRoot, NODE_ENV } = process.env;
  return { cwd: path.dirname(embedded.binaries), env: { PATH, SystemRoot, NODE_ENV, LC_ALL: "C" }, ...embedded.runAs };
}

function isSameFolder(one: string | undefined, other: string): boolean {
  return one !== undefined && existsSync(one) && realpathSync(one) === realpathSync(other);
}

function isPostgres(pid: number): boolean {
  if (process.platform === "linux") {
    const commandLine = `/proc/${pid}/cmdline`;
    return (
      existsSync(commandLine) && path.basename(readFileSync(commandLine, "utf8").split("\0")[0] ?? "") === "postgres"
    );
  }
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Below /root, or any folder closed like it, no other user can reach a file whatever the file's own rights. */
function isOpenToOthers(folder: string): boolean {
  const parent = path.dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToOthers(parent));
}

async function chownAll(folder: string, user: { uid: number; gid: number }): Promise<void> {
  await chown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await lchown(path.join(entry.parentPath, entry.name), user.uid, user.gid);
  }
}

function nobody(): { uid: number; gid: number } {
  const entry = readFileSync("/etc/passwd", "utf8").match(/^nobody:[^:]*:(\d+):(\d+):/m);
  return entry ? { uid: Number(entry[1]), gid: Number(entry[2]) } : { uid: 65534, gid: 65534 };
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
