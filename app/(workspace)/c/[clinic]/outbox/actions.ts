"use server";

import { refresh } from "next/cache";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { handMailOver } from "#lib/domain/notifications/outbox/commands/hand-mail-over.ts";
import { sendMailAgain } from "#lib/domain/notifications/outbox/commands/send-mail-again.ts";

export async function handMailOverAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await handMailOver(ctx, fields(form));
    refresh();
    return {};
  });
}

export async function sendMailAgainAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await sendMailAgain(ctx, fields(form));
    refresh();
    return {};
  });
}
