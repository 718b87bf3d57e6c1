import { parseArgs } from "node:util";
import { foundClinic } from "#lib/domain/clinic/commands/found-clinic.ts";
import { INVITATION_DAYS } from "#lib/domain/clinic/schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { env } from "#lib/platform/env.ts";
import { ensureKeysFit } from "#scripts/ensure-keys-fit.ts";
import { inWords } from "#scripts/in-words.ts";

const USAGE = `Usage: npm run create-clinic -- --name "Harbor Family Clinic" --owner grace@harbor.example [--owner-name "Grace Okafor"] [--time-zone America/New_York] [--slug harbor-family]`;

/** The first clinic on an empty database, or a further one: prints a one-time link with which the owner joins. */
async function createClinic(): Promise<void> {
  const { values } = parseArgs({
    options: {
      name: { type: "string" },
      owner: { type: "string" },
      "owner-name": { type: "string" },
      "time-zone": { type: "string", default: "America/New_York" },
      slug: { type: "string" },
    },
  });
  if (values.name === undefined || values.owner === undefined) throw new Error(USAGE);
  await ensureKeysFit();
  const owner = { email: values.owner, name: values["owner-name"] ?? values.owner.split("@")[0] ?? "" };
  const founded = await foundClinic(
    {
      clinicName: values.name,
      timeZone: values["time-zone"],
      owner,
      ...(values.slug === undefined ? {} : { slug: values.slug }),
    },
    { actor: { kind: "operator", job: "create-clinic" }, requestId: newId(), locale: "en" },
  );
  console.log(`${values.name} is founded at ${env().WARDBOOK_URL}/c/${founded.slug}`);
  console.log(`Its owner joins by this link, once, within ${INVITATION_DAYS} days:`);
  console.log(`${env().WARDBOOK_URL}/invitation/${founded.invitationToken}`);
}

try {
  await createClinic();
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
} finally {
  await disconnectDatabase();
}
