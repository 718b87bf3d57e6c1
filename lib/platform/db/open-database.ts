import { spawnSync } from "node:child_process";
import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { locateEmbedded, projectFolder } from "./embedded.ts";
import { attach, detach, foundDatabase, requirePasswords } from "./embedded-server.ts";

export type OpenedDatabase = {
  /** Connects as the unprivileged role `wardbook_app`. */
  readonly url: string;
  /** Connects as the owner: for migrations, retention and the worker only. */
  readonly ownerUrl: string;
  readonly embedded: boolean;
  close(): Promise<void>;
};

/**
 * The database of the environment, else the embedded one: joined if it runs, started if not. It stops with the last
 * process that has it open, closed or not.
 */
export async function openDatabase(options: { name?: string; dataFolder?: string } = {}): Promise<OpenedDatabase> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = process.env;
  if (DATABASE_URL || DATABASE_OWNER_URL) return databaseOfEnvironment(DATABASE_URL, DATABASE_OWNER_URL);
  const name = options.name ?? "wardbook";
  const dataFolder = makeDataFolder(options.dataFolder);
  const embedded = await locateEmbedded(dataFolder);
  const passwords = await requirePasswords(embedded, dataFolder);
  const attachment = await attach(embedded, passwords);
  const forgetExit = atExit(() => {
    attachment.socket.destroy();
    spawnSync(process.execPath, [
      path.join(import.meta.dirname, "detach-at-exit.ts"),
      dataFolder,
      String(attachment.backendPid),
    ]);
  });
  await foundDatabase(attachment.session, name, passwords.owner);
  attachment.socket.unref();
  const address = `127.0.0.1:${attachment.port}/${encodeURIComponent(name)}`;
  let closing: Promise<void> | undefined;
  return {
    url: `postgresql://wardbook_app:${passwords.app}@${address}`,
    ownerUrl: `postgresql://wardbook_owner:${passwords.owner}@${address}`,
    embedded: true,
    close() {
      forgetExit();
      closing ??= detach(embedded, attachment);
      return closing;
    },
  };
}

/** Each address is asked for only by those who need it: the web process never has the owner's. */
function databaseOfEnvironment(url: string | undefined, ownerUrl: string | undefined): OpenedDatabase {
  return {
    get url() {
      if (!url) throw new Error("DATABASE_URL is not set: the address by which wardbook_app reaches the database.");
      return url;
    },
    get ownerUrl() {
      if (!ownerUrl) throw new Error("DATABASE_OWNER_URL is not set: the address of the owner of the database.");
      return ownerUrl;
    },
    embedded: false,
    close: () => Promise.resolve(),
  };
}

function makeDataFolder(asked: string | undefined): string {
  const folder = path.resolve(asked ?? process.env.WARDBOOK_DATA ?? path.join(projectFolder, ".wardbook"));
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return realpathSync(folder);
}

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const endingSignals: (keyof typeof exitCodes)[] = ["SIGINT", "SIGTERM", "SIGHUP"];

function atExit(stop: () => void): () => void {
  process.on("exit", stop);
  for (const signal of endingSignals) {
    if (!process.listeners(signal).includes(exitOnSignal)) process.on(signal, exitOnSignal);
  }
  return () => process.off("exit", stop);
}

/** A signal that others listen to is theirs to answer: they finish their work, and their exit is then ours too. */
function exitOnSignal(signal: NodeJS.Signals): void {
  const code = endingSignals.find((ending) => ending === signal);
  if (code && process.listenerCount(signal) === 1) process.exit(exitCodes[code]);
}
