"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { resetFactors } from "#lib/domain/clinic/access/commands/reset-factors.ts";

export async function resetFactorsAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const input = fields<Parameters<typeof resetFactors>[1]>(form);
    const { linksEnded } = await resetFactors(ctx, input);
    const t = await getTranslations("domains.factors");
    return redirectWithNotice(`/c/${ctx.slug}/people/${input.memberId}`, t(linksEnded > 0 ? "doneLinks" : "done"));
  });
}
