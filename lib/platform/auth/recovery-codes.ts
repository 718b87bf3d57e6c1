import "server-only";
import { randomInt, timingSafeEqual } from "node:crypto";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import type { IdentityTx } from "#lib/platform/db/with-identity.ts";

export const RECOVERY_CODES = 10;

// Without I, L, O and U, which are read as others or into words.
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;

/** Ten new codes in the place of the account's old ones. They are told this once; the database keeps their hashes. */
export async function makeRecoveryCodes(tx: IdentityTx, accountId: string, now: Date): Promise<string[]> {
  await tx.recoveryCode.updateMany({ where: { accountId, endedAt: null }, data: { endedAt: now } });
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ accountId, codeHash: hashOf(accountId, code), createdAt: now })),
  });
  await noteAccountEvent(tx, accountId, now, { type: "recovery_codes_made" });
  return codes;
}

/** Whether the account has this code unused; from now on it has not. */
export async function takeRecoveryCode(tx: IdentityTx, accountId: string, typed: string, now: Date): Promise<boolean> {
  const hash = hashOf(accountId, typed);
  const unused = await tx.recoveryCode.findMany({
    where: { accountId, endedAt: null },
    select: { id: true, codeHash: true },
    take: RECOVERY_CODES,
  });
  // All of them are compared, the one that fits being no quicker than the others.
  const fitting = unused.filter(({ codeHash }) => timingSafeEqual(codeHash, hash));
  const id = fitting[0]?.id;
  if (id === undefined) return false;
  const { count } = await tx.recoveryCode.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } });
  if (count > 0) await noteAccountEvent(tx, accountId, now, { type: "recovery_code_used" });
  return count > 0;
}

/** Codes that get nobody in any more: the last factor is gone. */
export async function endRecoveryCodes(tx: IdentityTx, accountId: string, now: Date): Promise<void> {
  await tx.recoveryCode.updateMany({ where: { accountId, endedAt: null }, data: { endedAt: now } });
}

function newCode(): string {
  const code = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join("");
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

function hashOf(accountId: string, code: string): Uint8Array<ArrayBuffer> {
  return keyedHash("recovery code", `${accountId}:${code.toUpperCase().replace(/[^0-9A-Z]/g, "")}`);
}
