const WINDOW_MINUTES = 15;
const FREE_TRIES_PER_EMAIL = 5;
const FREE_TRIES_PER_ADDRESS = 50;

export type Refusals = { byEmail: number; byAddress: number; lastByEmail: Date | null; lastByAddress: Date | null };

/** How far back refused tries count. */
export function slowingSince(now: Date): Date {
  return new Date(now.getTime() - WINDOW_MINUTES * 60_000);
}

/** Whole minutes until the next try is looked at; 0 when it is now. The wait doubles with every try beyond the free ones. */
export function minutesToWait(refusals: Refusals, now: Date): number {
  return Math.max(
    waitAfter(refusals.byEmail - FREE_TRIES_PER_EMAIL, refusals.lastByEmail, now),
    waitAfter(refusals.byAddress - FREE_TRIES_PER_ADDRESS, refusals.lastByAddress, now),
  );
}

function waitAfter(triesBeyond: number, last: Date | null, now: Date): number {
  if (triesBeyond < 0 || last === null) return 0;
  const minutes = Math.min(2 ** triesBeyond, WINDOW_MINUTES);
  return Math.max(0, Math.ceil((last.getTime() + minutes * 60_000 - now.getTime()) / 60_000));
}
