import "server-only";
import { cache } from "react";
import { auth } from "#lib/platform/auth/config.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

export type CurrentSession = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly email: string;
  readonly locale: string;
};

/** The session of this request as the database knows it now, or null: none, ended, or past its lifetime. Once a request. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const token = (await auth())?.user?.id;
  if (token === undefined || token === "") return null;
  const row = await sessionForToken(tokenHash(token));
  if (row === null || row.revokedAt !== null || row.expiresAt <= new Date()) return null;
  if (Date.now() - row.lastSeenAt.getTime() > 60_000) await touch(row.accountId, row.id);
  return { sessionId: row.id, accountId: row.accountId, email: row.email, locale: row.locale };
});

async function touch(accountId: string, sessionId: string): Promise<void> {
  await withIdentity(accountId, (tx) =>
    tx.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: new Date() } }),
  );
}
