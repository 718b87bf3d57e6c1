import { parseArgs } from "node:util";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import { INVITATION_DAYS } from "#lib/domain/clinic/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { clinicIds } from "#lib/platform/db/identity.ts";
import { env } from "#lib/platform/env.ts";
import { stopSender } from "#lib/platform/jobs/send.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";

const USAGE = `Usage: npm run invite -- --clinic SLUG --email NAME@CLINIC --name "Dana Whitfield" --role ${ROLES.join("|")}`;

/** Invites one person and prints their one-time link; no mail is needed. */
async function invite(): Promise<void> {
  const option = { type: "string" } as const;
  const { values } = parseArgs({ options: { clinic: option, email: option, name: option, role: option } });
  const { clinic: slug, email, name } = values;
  const role = ROLES.find((known) => known === values.role);
  if (slug === undefined || email === undefined || name === undefined || role === undefined) throw new Error(USAGE);
  const clinic = (await clinicIds()).find((known) => known.slug === slug);
  if (clinic === undefined) throw new Error(`No clinic is called "${slug}".`);
  const ctx = await systemContext(clinic.id, { kind: "operator", job: "invite" });
  const { token } = await inviteMember(ctx, { email, name, role });
  console.log(`${name} joins by this link, once, within ${INVITATION_DAYS} days:`);
  console.log(`${env().WARDBOOK_URL}/invitation/${token}`);
}

const installation = await openInstallation();
try {
  await invite();
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
} finally {
  await Promise.all([stopSender(), disconnectDatabase()]);
  await installation.close();
}
