import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { findAccountToReset, resetAccount } from "#lib/domain/clinic/access/commands/reset-account.ts";
import { RESET_LINK_HOURS } from "#lib/domain/clinic/access/schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { env } from "#lib/platform/env.ts";
import { stopSender } from "#lib/platform/jobs/send.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";

const USAGE = "Usage: npm run reset-account -- --email NAME@CLINIC [--yes]";

/** Opens the account of somebody whom no officer may help, and prints their one-time link to a new password. */
async function resetTheAccount(): Promise<void> {
  const { values } = parseArgs({ options: { email: { type: "string" }, yes: { type: "boolean" } } });
  const { email, yes = false } = values;
  if (email === undefined) throw new Error(USAGE);
  const account = await findAccountToReset(email, new Date());
  if (account === null) throw new Error(`Nobody who is in a clinic has the email "${email}".`);
  console.log(`${email} is in ${account.clinics.map(({ clinicName }) => clinicName).join(", ")}.`);
  console.log(
    "This ends the password and every session, second step, recovery code and sign-in provider of the account.",
  );
  if (!yes && !(await isRepeated(email))) throw new Error("That is another email. Nothing was changed.");
  const { token } = await resetAccount(account, { requestId: newId() });
  console.log(`They set a new password by this link, once, within ${RESET_LINK_HOURS} hours:`);
  console.log(`${env().WARDBOOK_URL}/reset/${token}`);
  console.log("While Wardbook runs, it stands in the ledger of each of these clinics within seconds.");
}

async function isRepeated(email: string): Promise<boolean> {
  const shell = createInterface({ input: process.stdin, output: process.stdout });
  // What ends without an answer is none.
  const typed = await new Promise<string>((resolve) => {
    shell.once("close", () => resolve(""));
    shell.question("Type the email again to go on: ").then(resolve, () => resolve(""));
  });
  shell.close();
  return typed.trim().toLowerCase() === email.trim().toLowerCase();
}

const installation = await openInstallation();
try {
  await resetTheAccount();
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
} finally {
  await Promise.all([stopSender(), disconnectDatabase()]);
  await installation.close();
}
