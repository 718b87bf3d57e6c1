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

/** Whether the holder can sign in by something that is theirs and no clinic's: a password, a passkey, who vouches by their own choice. */
export async function hasOwnWayIn(accountId: string): Promise<boolean> {
  return withIdentity(accountId, async (tx) => {
    const account = await tx.account.findFirst({ where: { id: accountId }, select: { passwordChangedAt: true } });
    if (account?.passwordChangedAt != null) return true;
    const own = { accountId, removedAt: null, OR: [{ kind: "passkey" }, { kind: "provider", byClinic: null }] };
    return (await tx.credential.count({ where: own })) > 0;
  });
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
