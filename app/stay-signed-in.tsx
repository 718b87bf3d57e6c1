import "server-only";
import { IdleGuard } from "#components/layout/idle-guard.tsx";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { currentSession } from "#lib/platform/auth/session.ts";

/** Warns before the session ends for want of activity; on every page that shows records. */
export async function StaySignedIn() {
  const session = await currentSession();
  if (session === null) return null;
  const keeper = Buffer.from(keyedHash("draft", session.accountId)).toString("base64url").slice(0, 16);
  return <IdleGuard secondsLeft={session.secondsLeft} keeper={keeper} />;
}
