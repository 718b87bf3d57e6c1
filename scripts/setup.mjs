// Brings a clone to where TypeScript runs, with what every machine has: a Node of version 20 or later and npm.
// `node scripts/setup.mjs scripts/x.ts …` then runs that script with the Node of this project. It cannot be left to
// `&&`: a shell remembers where it found `node` the first time, and a fresh clone's own is installed only after that.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";

const project = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const modules = path.join(project, "node_modules");
const windows = process.platform === "win32";
const ownNode = path.join(modules, "node", "bin", windows ? "node.exe" : "node");

class SetupError extends Error {}

function setUp() {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 20) throw new SetupError(`Wardbook needs Node 20 or later to begin with; this is ${process.version}.`);
  const installed = installPackages();
  requireOwnNode();
  if (installed || isClientStale()) generateClient();
}

/** `npm ci` begins by removing node_modules, and the stamp in it: an installation cut short is begun again. */
function installPackages() {
  const stamp = path.join(modules, ".wardbook-stamp");
  const lock = createHash("sha256")
    .update(readFileSync(path.join(project, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return false;
  console.log("Installing packages (first time: a minute or two)…");
  const options = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  run(npm(["ci", ...options]), "The packages could not be installed: npm ci failed. Is the package registry in reach?");
  writeFileSync(stamp, lock);
  return true;
}

/** The package `node` fetches its binary by an install script, which npm may be set not to run. */
function requireOwnNode() {
  const wanted = `v${JSON.parse(readFileSync(path.join(project, "package.json"), "utf8")).devDependencies.node}`;
  if (versionOf(ownNode) !== wanted) {
    const folder = path.join(modules, "node");
    run([process.execPath, ["installArchSpecificPackage.js"]], blockedWords(wanted), folder);
  }
  const found = versionOf(ownNode);
  if (found !== wanted) throw new SetupError(`${blockedWords(wanted)} It is ${found ?? "missing"}.`);
  linkOwnNode();
}

function blockedWords(wanted) {
  return `The Node of this project (${wanted}) did not arrive: the install script of the package "node" may be blocked.`;
}

/** npm makes no link to a file that came later. Scripts of package.json find their Node by it. */
function linkOwnNode() {
  const link = path.join(modules, ".bin", "node");
  if (windows || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(path.join("..", "node", "bin", "node"), link);
}

function versionOf(node) {
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

function isClientStale() {
  const client = path.join(project, "lib", "platform", "generated", "client.ts");
  const folder = path.join(project, "prisma", "schema");
  if (!existsSync(client)) return true;
  const sources = [folder, ...readdirSync(folder).map((name) => path.join(folder, name))];
  return sources.some((source) => statSync(source).mtimeMs > statSync(client).mtimeMs);
}

function generateClient() {
  const prisma = path.join(modules, "prisma", "build", "index.js");
  run([ownNode, [prisma, "generate", "--no-hints"]], "The database client could not be generated from prisma/schema.");
}

/** Quietly; what a failing command said comes after the sentence that says what it means. */
function run([command, parameters], sentence, folder = project) {
  const result = spawnSync(command, parameters, { cwd: folder, env: environment(), encoding: "utf8", shell: false });
  if (result.status === 0) return;
  const said = result.error ? result.error.message : `${result.stdout}${result.stderr}`;
  throw new SetupError([sentence, ...said.trim().split("\n").slice(-12)].join("\n  "));
}

/** npm says where it is to what it runs; asked directly, it is the one that belongs to this Node. */
function npm(parameters) {
  const beside = path.join(path.dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  const script = [process.env.npm_execpath, beside].find((file) => file?.endsWith("npm-cli.js") && existsSync(file));
  return script ? [process.execPath, [script, ...parameters]] : ["npm", parameters];
}

function environment() {
  const cache = isWritable(os.homedir())
    ? {}
    : { npm_config_cache: makeFolder(path.join(os.tmpdir(), `npm-${userId()}`)) };
  return { ...process.env, ...cache, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1", npm_config_yes: "true" };
}

function userId() {
  return process.getuid?.() ?? "user";
}

function makeFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function runScript(script, parameters) {
  const child = spawn(ownNode, ["--conditions=react-server", script, ...parameters], { stdio: "inherit" });
  // A terminal tells the child of Ctrl-C too, and twice might mean "at once" to it; otherwise only we are told.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)));
}

try {
  setUp();
  const [script, ...parameters] = process.argv.slice(2);
  if (script) runScript(script, parameters);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
