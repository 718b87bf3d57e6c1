"use server";

import { refresh } from "next/cache";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { sendMailAgain } from "#lib/domain/notifications/outbox/commands/send-mail-again.ts";

export async function sendMailAgainAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await sendMailAgain(ctx, fields(form));
    refresh();
    return {};
  });
}
