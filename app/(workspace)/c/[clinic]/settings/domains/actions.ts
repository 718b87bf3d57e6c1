"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { addDomain } from "#lib/domain/clinic/domains/commands/add-domain.ts";
import { endDomain } from "#lib/domain/clinic/domains/commands/end-domain.ts";
import { setJoining } from "#lib/domain/clinic/domains/commands/set-joining.ts";
import { verifyDomain } from "#lib/domain/clinic/domains/commands/verify-domain.ts";

export async function addDomainAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { domain } = await addDomain(ctx, fields(form));
    const t = await getTranslations("domains.done");
    refresh();
    return { done: t("added", { domain }) };
  });
}

export async function verifyDomainAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { domain } = await verifyDomain(ctx, fields(form));
    const t = await getTranslations("domains.done");
    refresh();
    return { done: t("verified", { domain }) };
  });
}

export async function setJoiningAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { domain, joins } = await setJoining(ctx, fields(form));
    const t = await getTranslations("domains.done");
    refresh();
    return { done: t(joins ? "joinsOn" : "joinsOff", { domain }) };
  });
}

export async function endDomainAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { domain } = await endDomain(ctx, fields(form));
    const t = await getTranslations("domains.done");
    refresh();
    return { done: t("ended", { domain }) };
  });
}
