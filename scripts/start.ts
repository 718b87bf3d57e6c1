import { existsSync } from "node:fs";
import path from "node:path";
import { pendingMigrations } from "#lib/platform/db/migrate.ts";
import { env, environmentProblems } from "#lib/platform/env.ts";
import { ensureKeysFit } from "#scripts/ensure-keys-fit.ts";
import { isPortFree, portFromEnvironment, portTaken, supervise } from "#scripts/supervisor.ts";

/** Production: everything is checked before anything is started, and what is missing is said in one list. */
async function start(): Promise<number> {
  const problems = environmentProblems(process.env);
  if ((process.env.DATABASE_OWNER_URL ?? "") === "") {
    problems.push(
      "DATABASE_OWNER_URL is missing: the owner's address, which migrations and the worker need, postgres://…",
    );
  }
  if (problems.length > 0) {
    throw new Error(
      `Wardbook can't start with these settings:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
  }
  if (!existsSync(path.join(process.cwd(), ".next", "BUILD_ID")))
    throw new Error("Nothing is built yet. Run: npm run build");
  const port = portFromEnvironment();
  if (!(await isPortFree(port))) throw portTaken(port, "npm start");
  const pending = await pendingMigrations(env().DATABASE_OWNER_URL ?? "");
  if (pending.length > 0) throw new Error(`The database is behind: ${pending.join(", ")}. Run: npm run migrate`);
  await ensureKeysFit();
  if (
    env().WARDBOOK_URL.startsWith("http:") &&
    !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(env().WARDBOOK_URL)
  ) {
    console.warn(
      "WARDBOOK_URL begins with http: passwords and sessions travel in the clear. Put TLS in front and use https.",
    );
  }
  // The list of people who sign in by one click belongs to the demo.
  delete process.env.WARDBOOK_DEMO;
  return supervise(port);
}

try {
  process.exit(await start());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
