import { recordAccountEvents } from "#lib/domain/clinic/access/commands/record-account-events.ts";
import { RecordAccountEvents } from "#lib/domain/clinic/access/schema.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import { accountEventsToCopy, markAccountEventsCopied } from "#lib/platform/db/identity.ts";
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
      const ctx = await systemContext(clinicId, { kind: "system", job: "account-events" });
      await recordAccountEvents(ctx, RecordAccountEvents.parse({ events: own }));
    } catch (error) {
      // One clinic's trouble is not that of the others; its events are tried again in the next round.
      log.error({ err: error, clinicId }, "account events could not be copied into a ledger");
      for (const row of own) failed.add(row.id);
    }
  }
  await markAccountEventsCopied([...new Set(rows.map((row) => row.id))].filter((id) => !failed.has(id)));
}
