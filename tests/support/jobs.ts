import { tokenHash } from "#lib/platform/auth/token.ts";
import { oneAfterTheOther } from "#lib/platform/db/one-after-the-other.ts";
import { copyAccountEvents } from "#scripts/copy-account-events.ts";
import { copySignIns } from "#scripts/copy-sign-ins.ts";
import { asOwner } from "#tests/support/sql.ts";

// A job works for every clinic, and tests of two files share one database: without turns, two rounds at once would both
// find the same rows new. An installation has one worker.

const IN_TURN = tokenHash("the jobs of tests");

/** Copies what people did to their accounts into the ledgers, as the worker does. */
export function copyAccountEventsInTurn(): Promise<void> {
  return oneAfterTheOther(IN_TURN, copyAccountEvents);
}

/** Copies sign-ins into the ledgers, as the worker does. */
export function copySignInsInTurn(now: Date): Promise<void> {
  return oneAfterTheOther(IN_TURN, () => copySignIns(now));
}

/**
 * Lets into a clinic's ledger what its people did to their accounts and how they signed in: what another file's round would
 * copy into it at any moment.
 */
export async function settleAccounts(clinicId: string): Promise<void> {
  const waiting = (table: string) => `EXISTS (SELECT FROM ${table} t JOIN member m ON m.account_id = t.account_id
    WHERE m.clinic_id = $1 AND t.copied_at IS NULL)`;
  const [found] = await asOwner((sql) =>
    sql(`SELECT ${waiting("account_event")} AS events, ${waiting("sign_in_attempt")} AS sign_ins`, [clinicId]),
  );
  if (found.events) await copyAccountEventsInTurn();
  // Late enough for every quarter of an hour to be over.
  if (found.sign_ins) await copySignInsInTurn(new Date(Date.now() + 3_600_000));
}
