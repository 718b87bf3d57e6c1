export type Lifetime = {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly idleMinutes: number;
};

/** A session that was touched this recently is not touched again: not every request of a busy person is a write. */
export const TOUCH_SECONDS = 20;

/** Seconds until a session ends without activity, or at the end of its lifetime if that comes first; 0 when it has ended. */
export function secondsLeft({ lastSeenAt, expiresAt, revokedAt, idleMinutes }: Lifetime, now: Date): number {
  if (revokedAt !== null) return 0;
  const ends = Math.min(lastSeenAt.getTime() + idleMinutes * 60_000, expiresAt.getTime());
  return Math.max(0, Math.floor((ends - now.getTime()) / 1000));
}
