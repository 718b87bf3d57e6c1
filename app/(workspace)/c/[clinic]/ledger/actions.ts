"use server";

import { answerIn } from "#app/answer.ts";
import type { VerifyState } from "#components/ledger/verify-ledger.tsx";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";

export async function verifyLedgerAction(clinic: string, _previous: VerifyState, form: FormData): Promise<VerifyState> {
  const found: VerifyState = {};
  const { message, link } = await answerIn(clinic, form, async (ctx) => {
    found.verification = await verifyLedger(ctx, {});
    return {};
  });
  return { message, link, ...found };
}
