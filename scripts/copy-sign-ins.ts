import { recordSignIns, refusalsCompleteBefore } from "#lib/domain/clinic/commands/record-sign-ins.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import { markSignInsCopied, type SignInToCopy, signInsToCopy } from "#lib/platform/db/identity.ts";

/**
 * Fans the sign-ins out to the ledgers of the account's clinics, refusals once their quarter of an hour is over. Marked
 * only afterwards: a crash between repeats, the command leaves doubles out.
 */
export async function copySignIns(now: Date): Promise<void> {
  const rows = await signInsToCopy(refusalsCompleteBefore(now));
  if (rows.length === 0) return;
  for (const clinicId of new Set(rows.flatMap((row) => (row.clinicId === null ? [] : [row.clinicId])))) {
    const own = rows.filter((row) => row.clinicId === clinicId);
    const ctx = await systemContext(clinicId, { kind: "system", job: "sign-ins" });
    await recordSignIns(ctx, { opened: own.flatMap(openedOf), refused: own.flatMap(refusedOf) });
  }
  await markSignInsCopied([...new Set(rows.map((row) => row.id))]);
}

function openedOf(row: SignInToCopy) {
  const { memberId, sessionId, at, outcome } = row;
  return outcome === "opened" && memberId !== null && sessionId !== null ? [{ memberId, sessionId, at }] : [];
}

function refusedOf({ memberId, at, outcome }: SignInToCopy) {
  return outcome !== "opened" && memberId !== null ? [{ memberId, at }] : [];
}
