import "server-only";
import { refuse } from "#lib/kernel/errors.ts";
import { confirmHolder, type SignedInHolder } from "#lib/platform/auth/confirm-holder.ts";
import { listOwnFactors, takeCode } from "#lib/platform/auth/factors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { recordSignInAttempt } from "#lib/platform/db/identity.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";

/** Whether a code of an app stands beside the account's password. A passkey can't be typed, so it is not asked again. */
export async function givesCodes(accountId: string): Promise<boolean> {
  const { factors } = await listOwnFactors(accountId);
  return factors.some(({ kind }) => kind === "totp");
}

/**
 * As `confirmHolder`, and with the app where there is one. A wrong code counts as a wrong password does. Refuses what
 * `confirmHolder` does, and `second_step.code_wrong` beside `code`.
 */
export async function confirmWithCode(
  holder: SignedInHolder,
  { password, code, address }: { password: string; code: string; address: string },
  now: Date,
): Promise<void> {
  await confirmHolder(holder, { password, field: "currentPassword", address }, now);
  if (!(await givesCodes(holder.accountId))) return;
  const { accountId, email } = holder;
  const emailHash = keyedHash("email", email);
  await oneAfterTheOther(emailHash, async () => {
    if (await takeCode(accountId, code, now)) return;
    const addressHash = keyedHash("address", address);
    await recordSignInAttempt({ emailHash, addressHash, accountId, sessionId: null, outcome: "refused" });
    throw refuse("second_step.code_wrong", {}, "code");
  });
}
