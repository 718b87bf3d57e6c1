import "server-only";
import { refuse } from "#lib/kernel/errors.ts";
import { confirmHolder, type SignedInHolder } from "#lib/platform/auth/confirm-holder.ts";
import { listOwnFactors, takeCode } from "#lib/platform/auth/factors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { minutesToWait, slowingSince } from "#lib/platform/auth/slowing.ts";
import { recentRefusals, recordSignInAttempt } from "#lib/platform/db/identity.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";

/** Whether a code of an app stands beside the account's password. A passkey can't be typed, so it is not asked again. */
export async function givesCodes(accountId: string): Promise<boolean> {
  const { factors } = await listOwnFactors(accountId);
  return factors.some(({ kind }) => kind === "totp");
}

/**
 * As `confirmHolder`, and with the app where there is one. A wrong code counts as a wrong password does, also where there
 * is no password to ask for. Refuses what `confirmHolder` does, `sign_in.slowed`, and `second_step.code_wrong` beside `code`.
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
  const addressHash = keyedHash("address", address);
  await oneAfterTheOther(emailHash, async () => {
    const tried = { emailHash, addressHash, accountId, sessionId: null };
    const minutes = minutesToWait(await recentRefusals(emailHash, addressHash, slowingSince(now)), now);
    if (minutes > 0) {
      await recordSignInAttempt({ ...tried, outcome: "slowed" });
      throw refuse("sign_in.slowed", { minutes });
    }
    if (await takeCode(accountId, code, now)) return;
    await recordSignInAttempt({ ...tried, outcome: "refused" });
    throw refuse("second_step.code_wrong", {}, "code");
  });
}
