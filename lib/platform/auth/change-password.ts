import "server-only";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { confirmHolder, type SignedInHolder } from "#lib/platform/auth/confirm-holder.ts";
import { endOtherSessions } from "#lib/platform/auth/own-sessions.ts";
import { hashNewPassword } from "#lib/platform/auth/password.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

type PasswordChange = { readonly current: string; readonly chosen: string; readonly address: string };

/**
 * Gives the account another password, or its first, and ends its other sessions. Refuses as `confirmHolder` and
 * `hashNewPassword` do, beside the fields `currentPassword` and `password`.
 */
export async function changePassword(
  session: SignedInHolder & { readonly sessionId: string },
  { current, chosen, address }: PasswordChange,
  now: Date,
): Promise<void> {
  await confirmHolder(session, { password: current, field: "currentPassword", address }, now);
  const passwordHash = await hashNewPassword(chosen);
  const { accountId } = session;
  await withIdentity(accountId, async (tx) => {
    await tx.account.updateMany({ where: { id: accountId }, data: { passwordHash, passwordChangedAt: now } });
    await noteAccountEvent(tx, accountId, now, { type: "password_changed" });
    await endOtherSessions(tx, session, now);
  });
}
