import "server-only";
import { cache } from "react";
import { auth } from "#lib/platform/auth/config.ts";
import { liveSession } from "#lib/platform/auth/live-session.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";

export type CurrentSession = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly email: string;
  readonly locale: string;
  readonly idleMinutes: number;
  /** Until it ends without activity. */
  readonly secondsLeft: number;
};

/** The session of this request as the database knows it now, or null: none, ended, idle too long, or past its lifetime. Once a request. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const token = (await auth())?.user?.id;
  if (token === undefined || token === "") return null;
  const { isActivity } = await requestFacts();
  const session = await liveSession(token, { isActivity, now: new Date() });
  if (session === null) return null;
  const { id: sessionId, accountId, email, locale, idleMinutes, secondsLeft } = session;
  return { sessionId, accountId, email, locale, idleMinutes, secondsLeft };
});
