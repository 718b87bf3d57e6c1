"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { setSignInRules } from "#lib/domain/clinic/access/commands/set-sign-in-rules.ts";

export async function setSignInRulesAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await setSignInRules(ctx, fields(form));
    const t = await getTranslations("account.rules");
    refresh();
    return { done: t("done") };
  });
}
