"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { describeClinic } from "#lib/domain/clinic/settings/commands/describe-clinic.ts";

export async function describeClinicAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("clinic-facts");
    await describeClinic(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/settings/clinic`, t("saved"));
  });
}
