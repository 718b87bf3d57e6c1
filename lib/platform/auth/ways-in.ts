import "server-only";
import { refuse } from "#lib/kernel/errors.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";
import { type IdentityTx, withIdentity } from "#lib/platform/db/with-identity.ts";

/** Credentials that are a second factor; that somebody vouches for a person is none. */
export const FACTORS = { kind: { in: ["totp", "passkey"] } };

/** Changes how an account is signed in to, one change after the other: of two that each leave one way, the second finds none. */
export function changeWaysIn<T>(accountId: string, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  return oneAfterTheOther(tokenHash(accountId), () => withIdentity(accountId, work));
}

/** Refuses `account.last_way_in` where nothing but this credential signs in: no password, no passkey, nobody who vouches. */
export async function requireOtherWayIn(tx: IdentityTx, accountId: string, credentialId: string): Promise<void> {
  const account = await tx.account.findFirst({ where: { id: accountId }, select: { passwordChangedAt: true } });
  if (account?.passwordChangedAt != null) return;
  const others = await tx.credential.count({
    where: { accountId, removedAt: null, kind: { in: ["passkey", "provider"] }, id: { not: credentialId } },
  });
  if (others === 0) throw refuse("account.last_way_in");
}
