import "server-only";
import { secondsLeft, TOUCH_SECONDS } from "#lib/platform/auth/idle.ts";
import { endSession } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { type SessionRow, sessionForToken } from "#lib/platform/db/identity.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

export type LiveSession = SessionRow & { readonly secondsLeft: number };

/**
 * The session of a token as it stands at `now`; null when it has ended. One that has lain idle too long ends here and for
 * good, so that a later change of the rules doesn't bring it back. Only what a person does (`isActivity`) keeps it open.
 */
export async function liveSession(
  token: string,
  { isActivity, now }: { isActivity: boolean; now: Date },
): Promise<LiveSession | null> {
  const row = await sessionForToken(tokenHash(token));
  if (row === null || row.revokedAt !== null) return null;
  if (secondsLeft(row, now) <= 0) {
    await endSession(row.accountId, row.id);
    return null;
  }
  const isDue = now.getTime() - row.lastSeenAt.getTime() >= TOUCH_SECONDS * 1000;
  const lastSeenAt = isActivity && isDue ? now : row.lastSeenAt;
  if (lastSeenAt === now) await touch(row.accountId, row.id, now);
  return { ...row, lastSeenAt, secondsLeft: secondsLeft({ ...row, lastSeenAt }, now) };
}

async function touch(accountId: string, sessionId: string, lastSeenAt: Date): Promise<void> {
  await withIdentity(accountId, (tx) => tx.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt } }));
}
