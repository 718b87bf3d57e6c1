import "server-only";
import { refuse } from "#lib/kernel/errors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { passwordFits } from "#lib/platform/auth/password.ts";
import { minutesToWait, slowingSince } from "#lib/platform/auth/slowing.ts";
import { accountForSignIn, recentRefusals, recordSignInAttempt } from "#lib/platform/db/identity.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";

export type Holder = { readonly accountId: string; readonly email: string };

/**
 * Makes sure that whoever sits at a signed-in browser knows the password. A wrong one counts as a refused sign-in does,
 * and too many have to wait. Refuses `account.password_wrong` beside `field`, and `sign_in.slowed`.
 */
export async function confirmPassword(
  { accountId, email }: Holder,
  { password, field, address }: { password: string; field: string; address: string },
  now: Date,
): Promise<void> {
  const emailHash = keyedHash("email", email);
  const addressHash = keyedHash("address", address);
  await oneAfterTheOther(emailHash, async () => {
    const tried = { emailHash, addressHash, accountId, sessionId: null };
    const minutes = minutesToWait(await recentRefusals(emailHash, addressHash, slowingSince(now)), now);
    if (minutes > 0) {
      await recordSignInAttempt({ ...tried, outcome: "slowed" });
      throw refuse("sign_in.slowed", { minutes });
    }
    const account = await accountForSignIn(email);
    if (await passwordFits(account?.passwordHash ?? null, password)) return;
    await recordSignInAttempt({ ...tried, outcome: "refused" });
    throw refuse("account.password_wrong", {}, field);
  });
}
