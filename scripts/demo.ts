import { randomInt } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { findPostmaster, locateEmbedded } from "#lib/platform/db/embedded.ts";
import { hasAnyClinic } from "#lib/platform/db/identity.ts";
import { stopSender } from "#lib/platform/jobs/send.ts";
import { bringUpToDate } from "#scripts/bring-up-to-date.ts";
import { ensureBuilt } from "#scripts/built.ts";
import { type DemoPerson, foundDemoClinics } from "#scripts/demo-clinics.ts";
import { inWords } from "#scripts/in-words.ts";
import { dataFolder, type Installation, openInstallation } from "#scripts/installation.ts";
import { isPortFree, portFromEnvironment, portTaken, supervise } from "#scripts/supervisor.ts";

type DemoPeople = { password: string; people: DemoPerson[] };

async function demo(): Promise<number> {
  const port = portFromEnvironment();
  if (!(await isPortFree(port))) throw portTaken(port, "npm run demo");
  // The demo is always the embedded one, whatever a production environment around it says.
  for (const name of ["DATABASE_URL", "DATABASE_OWNER_URL"]) delete process.env[name];
  if (process.argv.includes("--reset")) await forgetDemo(dataFolder());
  const installation = await openInstallation({ port });
  try {
    const { password, people } = await prepare(installation);
    ensureBuilt();
    await Promise.all([stopSender(), disconnectDatabase()]);
    if (!(await isPortFree(port))) throw portTaken(port, "npm run demo");
    announce(port, password, people);
    // One click signs in, so only this machine may knock.
    return await supervise(port, "127.0.0.1");
  } finally {
    await installation.close();
  }
}

/** Removes what a demo keeps in the folder; what is no demo stays. */
async function forgetDemo(folder: string): Promise<void> {
  const file = path.join(folder, "demo-people.json");
  const { cluster } = await locateEmbedded(folder);
  if (findPostmaster(cluster) !== undefined)
    throw new Error(`${folder} is in use. End the demo that runs there, then reset it.`);
  if (!existsSync(file) && !existsSync(`${file}.founding`)) return;
  const kept = ["keys", "installation.json", "database.json", "demo-people.json", "demo-people.json.founding"];
  for (const part of [cluster, ...kept.map((name) => path.join(folder, name))])
    rmSync(part, { recursive: true, force: true });
}

function notTheDemo(folder: string): Error {
  return new Error(
    `${folder} holds a Wardbook that is not the demo. Choose another folder: WARDBOOK_DATA=… npm run demo`,
  );
}

async function prepare(installation: Installation): Promise<DemoPeople> {
  await bringUpToDate({ ownerUrl: process.env.DATABASE_OWNER_URL ?? "", appUrl: process.env.DATABASE_URL });
  const file = path.join(installation.dataFolder, "demo-people.json");
  process.env.WARDBOOK_DEMO = file;
  if (await hasAnyClinic()) {
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as DemoPeople;
    if (existsSync(`${file}.founding`)) {
      throw new Error("The demo was ended while its clinics were being founded. Start afresh: npm run demo -- --reset");
    }
    throw notTheDemo(installation.dataFolder);
  }
  console.log("Founding the demo clinics…");
  writeFileSync(`${file}.founding`, "");
  const password = demoPassword();
  const made = { password, people: await foundDemoClinics(password, new Date()) };
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  rmSync(`${file}.founding`);
  return made;
}

// Random: whoever forwards the demo's port somewhere has no password that is known to the world.
function demoPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  return Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join(""),
  ).join("-");
}

function announce(port: number, password: string, people: readonly DemoPerson[]): void {
  console.log(`\nWardbook's demo is at http://localhost:${port}`);
  console.log("The sign-in page lists these people; one click signs in. By hand, their password is");
  console.log(`  ${password}\n`);
  for (const slug of new Set(people.map((person) => person.slug))) {
    const members = people.filter((person) => person.slug === slug);
    console.log(members[0]?.clinicName);
    for (const { role, name, email } of members)
      console.log(`  ${role.replace("_", " ").padEnd(16)} ${name.padEnd(18)} ${email}`);
  }
  console.log(
    "\nCtrl+C ends it; the next start finds everything as it was.\n`npm run demo -- --reset` starts afresh.\n",
  );
}

try {
  process.exit(await demo());
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}
