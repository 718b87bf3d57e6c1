import "server-only";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { confirmPassword } from "#lib/platform/auth/confirm-password.ts";
import { endOtherSessions } from "#lib/platform/auth/own-sessions.ts";
import { hashNewPassword } from "#lib/platform/auth/password.ts";
import type { CurrentSession } from "#lib/platform/auth/session.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

type PasswordChange = { readonly current: string; readonly chosen: string; readonly address: string };

/**
 * Gives the account another password and ends its other sessions. Refuses as `confirmPassword` and `hashNewPassword` do,
 * beside the fields `currentPassword` and `password`.
 */
export async function changePassword(
  session: CurrentSession,
  { current, chosen, address }: PasswordChange,
  now: Date,
): Promise<void> {
  await confirmPassword(session, { password: current, field: "currentPassword", address }, now);
  const passwordHash = await hashNewPassword(chosen);
  const { accountId } = session;
  await withIdentity(accountId, async (tx) => {
    await tx.account.updateMany({ where: { id: accountId }, data: { passwordHash, passwordChangedAt: now } });
    await noteAccountEvent(tx, accountId, now, { type: "password_changed" });
    await endOtherSessions(tx, session, now);
  });
}
