"use server";

import { redirect } from "next/navigation";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { findResetLink, resetPassword } from "#lib/domain/clinic/access/commands/reset-password.ts";
import { ChooseNewPassword } from "#lib/domain/clinic/access/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { hashNewPassword } from "#lib/platform/auth/password.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";

export async function resetPasswordAction(token: string, _previous: FormState, form: FormData): Promise<FormState> {
  const locale = await resolveLocale();
  return answer(locale, form, async () => {
    // Before the costly hash, so that a link that is over costs nothing.
    if ((await findResetLink(token, new Date())).state !== "open") throw refuse("reset_link.used_or_expired");
    const { password } = parseInput(ChooseNewPassword, fields(form));
    const { requestId } = await requestFacts();
    await resetPassword(token, await hashNewPassword(password), { requestId, locale });
    redirect("/sign-in?reset=done");
  });
}
