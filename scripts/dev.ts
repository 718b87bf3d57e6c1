import { spawn } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { applyMigrations } from "#lib/platform/db/migrate.ts";
import { ensureRoles } from "#lib/platform/db/roles.ts";
import { installJobQueue } from "#lib/platform/jobs/install.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";
import { isPortFree, portFromEnvironment, portTaken } from "#scripts/supervisor.ts";

/** The development server with a worker beside it, on the database of the environment or the embedded one. */
async function develop(): Promise<void> {
  const port = portFromEnvironment();
  if (!(await isPortFree(port))) throw portTaken(port, "npm run dev");
  const installation = await openInstallation({ port });
  const ownerUrl = process.env.DATABASE_OWNER_URL ?? "";
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const appPassword = decodeURIComponent(new URL(process.env.DATABASE_URL ?? "").password);
  await ensureRoles(owner, { appPassword }).finally(() => owner.end());
  await applyMigrations(ownerUrl);
  await installJobQueue(ownerUrl);
  const project = path.resolve(import.meta.dirname, "..");
  const options = { cwd: project, stdio: "inherit" as const };
  const worker = spawn(process.execPath, ["--conditions=react-server", "--watch", "scripts/worker.ts"], options);
  const web = spawn(process.execPath, ["node_modules/next/dist/bin/next", "dev", "--port", String(port)], options);
  process.on("SIGINT", () => {});
  web.once("exit", async (code) => {
    worker.kill("SIGTERM");
    await installation.close();
    process.exit(code ?? 0);
  });
}

try {
  await develop();
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}
