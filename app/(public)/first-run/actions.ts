"use server";

import { redirect } from "next/navigation";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { foundClinic } from "#lib/domain/clinic/commands/found-clinic.ts";
import { FirstRun } from "#lib/domain/clinic/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { signInHere } from "#lib/platform/auth/browser.ts";
import { hashNewPassword } from "#lib/platform/auth/password.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";

export async function foundClinicAction(_previous: FormState, form: FormData): Promise<FormState> {
  const locale = await resolveLocale();
  return answer(locale, form, async () => {
    const { clinicName, timeZone, name, jobTitle, email, password } = parseInput(FirstRun, fields(form));
    const owner = { name, jobTitle, email, passwordHash: await hashNewPassword(password) };
    const { requestId } = await requestFacts();
    const by = { actor: { kind: "operator", job: "first-run" }, requestId, locale } as const;
    const { slug } = await foundClinic({ clinicName, timeZone, owner, onlyFirst: true }, by);
    await signInHere({ email, password });
    redirect(`/c/${slug}`);
  });
}
