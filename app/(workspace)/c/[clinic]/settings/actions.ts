"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { RequireSecondApprover } from "#lib/domain/clinic/schema.ts";
import { chooseDigest } from "#lib/domain/notifications/outbox/commands/choose-digest.ts";
import { ChooseDigest } from "#lib/domain/notifications/outbox/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";

export async function requireSecondApproverAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { required } = await requireSecondApprover(ctx, parseInput(RequireSecondApprover, fields(form)));
    const t = await getTranslations("clinic.settings");
    refresh();
    return { done: t(required ? "savedYes" : "savedNo") };
  });
}

export async function chooseDigestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { digest } = await chooseDigest(ctx, parseInput(ChooseDigest, fields(form)));
    const t = await getTranslations("clinic.settings");
    refresh();
    return { done: t(digest ? "digestOn" : "digestOff") };
  });
}
