"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { issueResetLink } from "#lib/domain/clinic/access/commands/issue-reset-link.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { env } from "#lib/platform/env.ts";

export async function issueResetLinkAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { token, name, expiresAt } = await issueResetLink(ctx, fields(form));
    const t = await getTranslations("account.issueReset");
    const until = momentText(expiresAt, ctx.locale, ctx.timeZone);
    return { done: t("done", { name, until }), shownOnce: [`${env().WARDBOOK_URL}/reset/${token}`] };
  });
}
