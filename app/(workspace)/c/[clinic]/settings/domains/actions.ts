"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
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
    await verifyDomain(ctx, fields(form));
    const t = await getTranslations("domains.done");
    return redirectWithNotice(`/c/${ctx.slug}/settings/domains`, t("verified"));
  });
}

export async function setJoiningAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { joins } = await setJoining(ctx, fields(form));
    const t = await getTranslations("domains.done");
    return redirectWithNotice(`/c/${ctx.slug}/settings/domains`, t(joins ? "joinsOn" : "joinsOff"));
  });
}

export async function endDomainAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await endDomain(ctx, fields(form));
    const t = await getTranslations("domains.done");
    return redirectWithNotice(`/c/${ctx.slug}/settings/domains`, t("ended"));
  });
}
