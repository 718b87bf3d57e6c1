"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { grantException } from "#lib/domain/tools/exceptions/commands/grant-exception.ts";
import { withdrawException } from "#lib/domain/tools/exceptions/commands/withdraw-exception.ts";

export async function grantExceptionAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { toolId } = await grantException(ctx, fields(form));
    const t = await getTranslations("exceptions.form");
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}/exceptions`, t("granted"));
  });
}

export async function withdrawExceptionAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { toolId } = await withdrawException(ctx, fields(form));
    const t = await getTranslations("exceptions.withdraw");
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}/exceptions`, t("done"));
  });
}
