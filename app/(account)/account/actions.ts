"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { answerSignedIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { ChangePassword } from "#lib/domain/clinic/access/schema.ts";
import { requireAccount } from "#lib/domain/clinic/current.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { signOutHere } from "#lib/platform/auth/browser.ts";
import { changePassword } from "#lib/platform/auth/change-password.ts";
import { endOwnSession, signOutEverywhere } from "#lib/platform/auth/own-sessions.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";

export async function changePasswordAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { currentPassword, password } = parseInput(ChangePassword, fields(form));
    const { address } = await requestFacts();
    await changePassword(session, { current: currentPassword, chosen: password, address }, new Date());
    const t = await getTranslations("account.password");
    refresh();
    return { done: t("done") };
  });
}

export async function endSessionAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async ({ accountId, sessionId }) => {
    const chosen = String(form.get("session"));
    if (chosen === sessionId) {
      await signOutHere();
      redirect("/sign-in");
    }
    const t = await getTranslations("account.sessions");
    const hasEnded = await endOwnSession(accountId, chosen, new Date());
    refresh();
    return { done: t(hasEnded ? "ended" : "gone") };
  });
}

export async function signOutEverywhereAction(): Promise<void> {
  const { accountId } = await requireAccount();
  await signOutEverywhere(accountId, new Date());
  await signOutHere();
  redirect("/sign-in");
}
