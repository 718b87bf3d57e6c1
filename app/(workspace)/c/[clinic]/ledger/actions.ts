"use server";

import { answer } from "#app/answer.ts";
import type { VerifyState } from "#components/ledger/verify-ledger.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";

export async function verifyLedgerAction(clinic: string, _previous: VerifyState, form: FormData): Promise<VerifyState> {
  const ctx = await requireClinicContext(clinic);
  const found: VerifyState = {};
  const { message } = await answer(ctx.locale, form, async () => {
    found.verification = await verifyLedger(ctx, {});
    return {};
  });
  return { message, ...found };
}
