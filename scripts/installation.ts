import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { openDatabase } from "#lib/platform/db/open-database.ts";
import { environmentProblems } from "#lib/platform/env.ts";
import { ensureKeys } from "#lib/platform/keys.ts";

const project = path.resolve(import.meta.dirname, "..");
const Kept = z.object({ secret: z.string().min(32) });

export type Installation = { readonly dataFolder: string; readonly embedded: boolean; close(): Promise<void> };

/** Where the embedded installation keeps its database, keys and secret: WARDBOOK_DATA, else `.wardbook` of the project. */
export function dataFolder(): string {
  return path.resolve(process.env.WARDBOOK_DATA || path.join(project, ".wardbook"));
}

/**
 * The installation that a command works on: the one that the environment names, else the embedded one of the data folder,
 * whose database it joins or starts and whose settings it puts into the environment.
 */
export async function openInstallation(options: { port?: number } = {}): Promise<Installation> {
  if ((process.env.DATABASE_URL ?? "") !== "") {
    const problems = environmentProblems(process.env);
    if (problems.length > 0)
      throw new Error(`These settings don't work:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    return { dataFolder: dataFolder(), embedded: false, close: async () => {} };
  }
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = await openDatabase({ dataFolder: folder });
  process.env.DATABASE_URL = database.url;
  process.env.DATABASE_OWNER_URL = database.ownerUrl;
  process.env.WARDBOOK_URL = `http://localhost:${options.port ?? 3000}`;
  process.env.WARDBOOK_SECRET = keptSecret(path.join(folder, "installation.json"));
  process.env.WARDBOOK_KEYS = path.join(folder, "keys");
  ensureKeys(process.env.WARDBOOK_KEYS);
  return { dataFolder: folder, embedded: true, close: () => database.close() };
}

function keptSecret(file: string): string {
  if (!existsSync(file))
    writeFileSync(file, `${JSON.stringify({ secret: randomBytes(36).toString("base64") })}\n`, { mode: 0o600 });
  return Kept.parse(JSON.parse(readFileSync(file, "utf8"))).secret;
}
