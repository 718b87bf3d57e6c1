import "server-only";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { type IdentityTx, withIdentity } from "#lib/platform/db/with-identity.ts";

export type OwnSession = {
  readonly id: string;
  readonly userAgent: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
};

/** A person can be signed in on this many devices before the list leaves some out. */
const SHOWN_MAX = 100;

const living = (now: Date) => ({ revokedAt: null, expiresAt: { gt: now } });

type ListedFor = { readonly accountId: string; readonly idleMinutes: number };

/** Where an account is signed in now, the one used last on top. */
export async function listOwnSessions({ accountId, idleMinutes }: ListedFor, now: Date): Promise<OwnSession[]> {
  const idleSince = new Date(now.getTime() - idleMinutes * 60_000);
  const sessions = await withIdentity(accountId, (tx) =>
    tx.session.findMany({
      where: { ...living(now), awaitsSecondFactor: false, lastSeenAt: { gt: idleSince } },
      select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
      orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
      take: SHOWN_MAX,
    }),
  );
  return sessions.map(({ createdAt, ...session }) => ({ ...session, startedAt: createdAt }));
}

/** Ends one of the account's sessions; false when it has ended already or was never the account's. */
export async function endOwnSession(accountId: string, sessionId: string, now: Date): Promise<boolean> {
  return withIdentity(accountId, async (tx) => (await endSessions(tx, accountId, { id: sessionId }, now)) > 0);
}

/** Ends every session of the account, this one among them, and says how many. */
export async function signOutEverywhere(accountId: string, now: Date): Promise<number> {
  return withIdentity(accountId, (tx) => endSessions(tx, accountId, {}, now));
}

/** Ends the account's sessions but this one. */
export async function endOtherSessions(
  tx: IdentityTx,
  { accountId, sessionId }: { accountId: string; sessionId: string },
  now: Date,
): Promise<void> {
  await endSessions(tx, accountId, { id: { not: sessionId } }, now);
}

async function endSessions(
  tx: IdentityTx,
  accountId: string,
  which: { id?: string | { not: string } },
  now: Date,
): Promise<number> {
  const where = { ...living(now), ...which };
  const { count } = await tx.session.updateMany({ where, data: { revokedAt: now } });
  if (count > 0) await noteAccountEvent(tx, accountId, now, { type: "sessions_ended", count });
  return count;
}
