"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { requireAccount, requireClinicContext } from "#lib/domain/clinic/current.ts";
import { endEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/end-emergency-access.ts";
import { endEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/end-emergency-person.ts";
import { nameEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/name-emergency-person.ts";
import { openEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/open-emergency-access.ts";
import { reviewEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/review-emergency-access.ts";
import { setEmergencyRule } from "#lib/domain/clinic/emergency-access/commands/set-emergency-rule.ts";
import { ConfirmedOpening } from "#lib/domain/clinic/emergency-access/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { Refusal } from "#lib/kernel/errors.ts";
import { confirmWithCode } from "#lib/platform/auth/confirm-with-code.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";

export async function openEmergencyAccessAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("emergency-access.done");
    // Before the holder is asked: a code is good for one try.
    const { currentPassword, code, ...input } = parseInput(ConfirmedOpening, fields(form));
    const { address } = await requestFacts();
    await confirmWithCode(await requireAccount(), { password: currentPassword, code, address }, new Date());
    const { useId } = await openEmergencyAccess(ctx, input);
    return redirectWithNotice(`/c/${ctx.slug}/people/emergency-access/${useId}`, t("opened"));
  });
}

export async function endEmergencyAccessAction(clinic: string, form: FormData): Promise<void> {
  const ctx = await requireClinicContext(clinic);
  const t = await getTranslations("emergency-access.done");
  const { useId } = await endEmergencyAccess(ctx, fields(form));
  const own = ctx.actor.kind === "member" && ctx.actor.emergency?.useId === useId;
  await redirectWithNotice(`/c/${ctx.slug}/people/emergency-access/${useId}`, t(own ? "ended" : "endedOther"));
}

export async function reviewEmergencyAccessAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("emergency-access.done");
    const { useId } = await reviewEmergencyAccess(ctx, fields(form)).catch((error) => {
      // Another officer was first: the page shows their review, and above it what still waits.
      if (error instanceof Refusal && error.code === "emergency_access.reviewed_already") refresh();
      throw error;
    });
    return redirectWithNotice(`/c/${ctx.slug}/people/emergency-access/${useId}`, t("reviewed"));
  });
}

export async function nameEmergencyPersonAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("emergency-access.done");
    const { name } = await nameEmergencyPerson(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/emergency-access/people`, t("named", { name }));
  });
}

export async function endEmergencyPersonAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("emergency-access.done");
    const { name } = await endEmergencyPerson(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/emergency-access/people`, t("personEnded", { name }));
  });
}

export async function setEmergencyRuleAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("emergency-access.done");
    await setEmergencyRule(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/emergency-access/people`, t("ruleSet"));
  });
}
