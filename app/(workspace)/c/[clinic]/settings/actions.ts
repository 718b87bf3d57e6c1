"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { RequireSecondApprover } from "#lib/domain/clinic/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";

export async function requireSecondApproverAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { required } = await requireSecondApprover(ctx, parseInput(RequireSecondApprover, fields(form)));
    const t = await getTranslations("clinic.settings");
    refresh();
    return { done: t(required ? "savedYes" : "savedNo") };
  });
}
