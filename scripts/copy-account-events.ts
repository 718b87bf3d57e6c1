import { recordAccountEvents } from "#lib/domain/clinic/access/commands/record-account-events.ts";
import { RecordAccountEvents } from "#lib/domain/clinic/access/schema.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { Actor } from "#lib/domain/context.ts";
import { type AccountEventToCopy, accountEventsToCopy, markAccountEventsCopied } from "#lib/platform/db/identity.ts";
import { log } from "#lib/platform/log.ts";

/**
 * Fans what people did to their accounts out to the ledgers of their clinics. Marked only afterwards: a crash between
 * repeats, the command leaves doubles out.
 */
export async function copyAccountEvents(): Promise<void> {
  const rows = await accountEventsToCopy();
  if (rows.length === 0) return;
  const failed = new Set<string>();
  for (const clinicId of new Set(rows.flatMap((row) => (row.clinicId === null ? [] : [row.clinicId])))) {
    const own = rows.filter((row) => row.clinicId === clinicId);
    try {
      for (const [actor, done] of byActor(own)) {
        const ctx = await systemContext(clinicId, actor);
        await recordAccountEvents(ctx, RecordAccountEvents.parse({ events: done }));
      }
    } catch (error) {
      // One clinic's trouble is not that of the others; its events are tried again in the next round.
      log.error({ err: error, clinicId }, "account events could not be copied into a ledger");
      for (const row of own) failed.add(row.id);
    }
  }
  await markAccountEventsCopied([...new Set(rows.map((row) => row.id))].filter((id) => !failed.has(id)));
}

type ByNoMember = Exclude<Actor, { kind: "member" }>;

const COPIES: ByNoMember = { kind: "system", job: "account-events" };
const OPERATES: ByNoMember = { kind: "operator", job: "reset-account" };

// Runs of the same actor, in the order in which things were done.
function byActor(rows: readonly AccountEventToCopy[]): Array<[ByNoMember, AccountEventToCopy[]]> {
  const runs: Array<[ByNoMember, AccountEventToCopy[]]> = [];
  for (const row of rows) {
    const actor = row.type === "reset_by_operator" ? OPERATES : COPIES;
    const last = runs.at(-1);
    if (last?.[0] === actor) last[1].push(row);
    else runs.push([actor, [row]]);
  }
  return runs;
}
