import type { ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, Socket } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { z } from "zod";
import { createCluster, type Embedded, findPostmaster, startPostmaster, stopPostmaster } from "./embedded.ts";

const Passwords = z.object({ superuser: z.string(), owner: z.string(), app: z.string() });
export type Passwords = z.infer<typeof Passwords>;

/** A place among those who use the server: a session that shares `inUseLock`, which ends with the process however that ends. */
export type Attachment = { port: number; session: Client; socket: Socket; backendPid: number };

const inUseLock = 727_301;
const foundingLock = 727_302;
const startAttempts = 5;
const patienceMilliseconds = 60_000;

/** Reads `database.json`, or founds it together with an empty cluster. */
export async function requirePasswords(embedded: Embedded, dataFolder: string): Promise<Passwords> {
  const file = path.join(dataFolder, "database.json");
  if (!existsSync(file)) {
    if (existsSync(embedded.cluster)) await setAside(embedded);
    await writeOnce(file, JSON.stringify({ superuser: newPassword(), owner: newPassword(), app: newPassword() }));
  }
  const passwords = Passwords.parse(JSON.parse(await readFile(file, "utf8")));
  if (!existsSync(embedded.cluster)) await createCluster(embedded, passwords.superuser);
  return passwords;
}

/** Joins the running server, or starts it. Of two that start it at once, Postgres's own lock lets one and the other joins. */
export async function attach(embedded: Embedded, passwords: Passwords): Promise<Attachment> {
  const giveUpAt = Date.now() + patienceMilliseconds;
  let child: ChildProcess | undefined;
  let starts = 0;
  while (Date.now() < giveUpAt && starts <= startAttempts) {
    const running = findPostmaster(embedded.cluster);
    const attachment = running && (await join(running.port, passwords.superuser));
    if (attachment) return attachment;
    if (!running && !isAlive(child)) {
      await pause(starts * 200);
      child = await startPostmaster(embedded, await findFreePort());
      starts += 1;
    }
    await pause(20);
  }
  const log = await readFile(embedded.log, "utf8");
  throw new Error(
    `The embedded Postgres did not start. Its log ends:\n${log.trimEnd().split("\n").slice(-8).join("\n")}`,
  );
}

/** What only a superuser may do, once: the owner (who reads across clinics, hence BYPASSRLS) and the database. */
export async function foundDatabase(session: Client, name: string, ownerPassword: string): Promise<void> {
  await session.query("SELECT pg_advisory_lock($1)", [foundingLock]);
  try {
    const role = await session.query("SELECT FROM pg_roles WHERE rolname = 'wardbook_owner'");
    if (role.rowCount === 0) {
      const password = escapeLiteral(ownerPassword);
      await session.query(`CREATE ROLE wardbook_owner LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD ${password}`);
    }
    const database = await session.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (database.rowCount === 0) await session.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER wardbook_owner`);
  } finally {
    await session.query("SELECT pg_advisory_unlock($1)", [foundingLock]);
  }
}

/** Gives the place up; the last one out stops the server. Nobody can join meanwhile: joining needs the lock we then hold. */
export async function detach(embedded: Embedded, { session, socket }: Attachment): Promise<void> {
  socket.ref();
  try {
    await session.query("SELECT pg_advisory_unlock_shared($1)", [inUseLock]);
    await stopIfUnused(embedded, session);
  } catch (error) {
    if (findPostmaster(embedded.cluster)) throw error;
  } finally {
    await session.end();
  }
}

/** The same for a process that is ending and cannot wait: called by another one, for the session left behind. */
export async function detachFor(embedded: Embedded, passwords: Passwords, backendPid: number): Promise<void> {
  const running = findPostmaster(embedded.cluster);
  if (!running) return;
  const session = superuserClient(new Socket(), running.port, passwords.superuser);
  await session.connect();
  try {
    await session.query("SELECT pg_terminate_backend($1, 5000)", [backendPid]);
    await stopIfUnused(embedded, session);
  } finally {
    await session.end();
  }
}

async function stopIfUnused(embedded: Embedded, session: Client): Promise<void> {
  const { rows } = await session.query("SELECT pg_try_advisory_lock($1) AS last", [inUseLock]);
  if (rows[0].last) await stopPostmaster(embedded);
}

async function join(port: number, password: string): Promise<Attachment | undefined> {
  const socket = new Socket();
  const session = superuserClient(socket, port, password);
  try {
    await session.connect();
    const { rows } = await session.query(
      "SELECT pg_try_advisory_lock_shared($1) AS joined, pg_backend_pid() AS backend",
      [inUseLock],
    );
    if (rows[0].joined) return { port, session, socket, backendPid: rows[0].backend };
  } catch (error) {
    if (isRefusal(error)) throw new Error("The embedded Postgres refuses us.", { cause: error });
  }
  await session.end().catch(() => {});
  return undefined;
}

function superuserClient(socket: Socket, port: number, password: string): Client {
  const address = { host: "127.0.0.1", port, user: "postgres", database: "postgres", ssl: false };
  const client = new Client({ ...address, password, stream: () => socket });
  client.on("error", () => {});
  return client;
}

/** Class 57 is a server that starts or stops, and no code at all a socket that nobody answers: both pass. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "severity" in error && "code" in error && !String(error.code).startsWith("57");
}

function isAlive(child: ChildProcess | undefined): boolean {
  return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Without its passwords a cluster serves nobody, yet it may be all that somebody has. */
async function setAside(embedded: Embedded): Promise<void> {
  if (findPostmaster(embedded.cluster)) await stopPostmaster(embedded);
  await rm(`${embedded.cluster}.without-passwords`, { recursive: true, force: true });
  await rename(embedded.cluster, `${embedded.cluster}.without-passwords`);
}

/** Whole or not at all, and never over the one another process has just written. */
async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600 });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
}

function newPassword(): string {
  return randomBytes(24).toString("base64url");
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
