import "server-only";
import { cache } from "react";
import type { SignInWay } from "#lib/kernel/sign-in-ways.ts";
import { auth } from "#lib/platform/auth/config.ts";
import { type LiveSession, liveSession } from "#lib/platform/auth/live-session.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";

export type CurrentSession = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly email: string;
  readonly locale: string;
  readonly idleMinutes: number;
  /** Until it ends without activity. */
  readonly secondsLeft: number;
  /** Whether a clinic of the account asks for a second factor, and whether there is one. */
  readonly needsFactor: boolean;
  readonly hasFactor: boolean;
  /** Whether whoever vouched for the person asked for a second factor. */
  readonly provedFactor: boolean;
  readonly hasPassword: boolean;
  /** Whether it opens every clinic of the account, and not only those of whoever vouched for the person. */
  readonly opensAll: boolean;
  readonly way: SignInWay | null;
  readonly startedAt: Date;
};

/** The session of this request as the database knows it now, or null: none, ended, idle too long, or past its lifetime. Once a request. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const session = await cookieSession();
  return session === null || session.awaitsSecondFactor ? null : shown(session);
});

/** Who has given the right password here and not yet the second factor; null when nobody has. */
export const sessionAwaitingFactor = cache(async (): Promise<CurrentSession | null> => {
  const session = await cookieSession();
  return session?.awaitsSecondFactor ? shown(session) : null;
});

const cookieSession = cache(async (): Promise<LiveSession | null> => {
  const token = (await auth())?.user?.id;
  if (token === undefined || token === "") return null;
  const { isActivity } = await requestFacts();
  return liveSession(token, { isActivity, now: new Date() });
});

function shown({ id: sessionId, createdAt: startedAt, ...session }: LiveSession): CurrentSession {
  const { accountId, email, locale, idleMinutes, secondsLeft, needsFactor, hasFactor } = session;
  const { provedFactor, hasPassword, opensAll, way } = session;
  const factors = { needsFactor, hasFactor, provedFactor, hasPassword, opensAll };
  return { sessionId, accountId, email, locale, idleMinutes, secondsLeft, ...factors, way, startedAt };
}
