"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";

export async function requestEvidencePackAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await requestEvidencePack(ctx, fields(form));
    refresh();
    const t = await getTranslations("evidence");
    return { done: t("requested") };
  });
}
