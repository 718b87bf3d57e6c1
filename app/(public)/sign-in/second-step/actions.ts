"use server";

import { redirect } from "next/navigation";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { SecondStep } from "#lib/domain/clinic/access/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { completeSignInHere } from "#lib/platform/auth/browser.ts";
import { safeNextPath } from "#lib/platform/auth/next-path.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";

export async function completeSignInAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(await resolveLocale(), form, async () => {
    await completeSignInHere(parseInput(SecondStep, fields(form)).code);
    redirect(safeNextPath(form.get("next")) ?? "/");
  });
}
