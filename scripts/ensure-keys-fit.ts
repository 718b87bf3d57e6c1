import { hasAnyClinic } from "#lib/platform/db/identity.ts";
import { env } from "#lib/platform/env.ts";
import { ensureKeys, hasKeys } from "#lib/platform/keys.ts";

/**
 * The keys of this installation, made when it is new. Where clinics exist already, an empty folder is a lost or unmounted
 * one: with new keys no name in the ledger could be read, and the signer would have forgotten what it signed.
 */
export async function ensureKeysFit(): Promise<void> {
  const folder = env().WARDBOOK_KEYS;
  if (!hasKeys(folder) && (await hasAnyClinic())) {
    throw new Error(
      `The keys folder ${folder} is empty, but the database holds clinics. Mount or restore the folder that belongs to it.`,
    );
  }
  if (ensureKeys(folder) === "made") console.log(`Made new keys in ${folder}. Back this folder up.`);
}
