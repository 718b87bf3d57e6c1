"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import { typedValues } from "#app/refused.ts";
import type { IssueState } from "#components/policies/issue-form.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { issuePolicy } from "#lib/domain/policies/commands/issue-policy.ts";
import { signPolicy } from "#lib/domain/policies/commands/sign-policy.ts";
import { getPolicyPreview } from "#lib/domain/policies/queries.ts";

/** One form, three buttons: show the texts, issue them, or go back to the fields. */
export async function issuePolicyAction(clinic: string, _previous: IssueState, form: FormData): Promise<IssueState> {
  return answerIn(clinic, form, async (ctx): Promise<IssueState> => {
    const intent = form.get("intent");
    if (intent === "change") return typedValues(form);
    if (intent !== "issue") return { ...typedValues(form), preview: await getPolicyPreview(ctx, fields(form)) };
    const t = await getTranslations("policies.issue");
    const { code, number } = await issuePolicy(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/policies/${code}`, t("done", { number }));
  });
}

export async function signPolicyAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("policies.sign");
    const { code, alreadySigned } = await signPolicy(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/policies/${code}`, t(alreadySigned ? "already" : "done"));
  });
}
