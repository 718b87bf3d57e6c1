import { spawn } from "node:child_process";
import path from "node:path";
import { bringUpToDate } from "#scripts/bring-up-to-date.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";
import { isPortFree, portFromEnvironment, portTaken } from "#scripts/supervisor.ts";

/** The development server with a worker beside it, on the database of the environment or the embedded one. */
async function develop(): Promise<void> {
  const port = portFromEnvironment();
  if (!(await isPortFree(port))) throw portTaken(port, "npm run dev");
  const installation = await openInstallation({ port });
  await bringUpToDate({ ownerUrl: process.env.DATABASE_OWNER_URL ?? "", appUrl: process.env.DATABASE_URL });
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
