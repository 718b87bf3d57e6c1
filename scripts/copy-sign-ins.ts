import { recordSignIns, refusalsCompleteBefore } from "#lib/domain/clinic/commands/record-sign-ins.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import { markSignInsCopied, type SignInToCopy, signInsToCopy } from "#lib/platform/db/identity.ts";
import { log } from "#lib/platform/log.ts";

/**
 * Fans the sign-ins out to the ledgers of the account's clinics, refusals once their quarter of an hour is over. Marked
 * only afterwards: a crash between repeats, the command leaves doubles out.
 */
export async function copySignIns(now: Date): Promise<void> {
  const rows = await signInsToCopy(refusalsCompleteBefore(now));
  if (rows.length === 0) return;
  const failed = new Set<string>();
  for (const clinicId of new Set(rows.flatMap((row) => (row.clinicId === null ? [] : [row.clinicId])))) {
    const own = rows.filter((row) => row.clinicId === clinicId);
    try {
      const ctx = await systemContext(clinicId, { kind: "system", job: "sign-ins" });
      await recordSignIns(ctx, { opened: own.flatMap(openedOf), refused: own.flatMap(refusedOf) });
    } catch (error) {
      // One clinic's trouble is not that of the others; its sign-ins are tried again in the next round.
      log.error({ err: error, clinicId }, "sign-ins could not be copied into a ledger");
      for (const row of own) failed.add(row.id);
    }
  }
  await markSignInsCopied([...new Set(rows.map((row) => row.id))].filter((id) => !failed.has(id)));
}

function openedOf(row: SignInToCopy) {
  const { memberId, sessionId, at, outcome, way } = row;
  return outcome === "opened" && memberId !== null && sessionId !== null ? [{ memberId, sessionId, at, way }] : [];
}

function refusedOf({ memberId, at, outcome }: SignInToCopy) {
  return (outcome === "refused" || outcome === "slowed") && memberId !== null ? [{ memberId, at }] : [];
}
