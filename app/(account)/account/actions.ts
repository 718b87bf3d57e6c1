"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { answerSignedIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { ChangePassword, LinkProvider, UnlinkProvider } from "#lib/domain/clinic/access/schema.ts";
import { requireAccount } from "#lib/domain/clinic/current.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { beginSignOnHere, signOutHere } from "#lib/platform/auth/browser.ts";
import { changePassword } from "#lib/platform/auth/change-password.ts";
import { confirmHolderHere } from "#lib/platform/auth/confirm-holder.ts";
import { unlinkProvider } from "#lib/platform/auth/linked.ts";
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

export async function linkProviderAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { provider, currentPassword } = parseInput(LinkProvider, fields(form));
    await confirmHolderHere(session, currentPassword);
    redirect(await beginSignOnHere(provider, { accountId: session.accountId, clinic: null, next: null }));
  });
}

export async function unlinkProviderAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { linkId, currentPassword } = parseInput(UnlinkProvider, fields(form));
    await confirmHolderHere(session, currentPassword);
    await unlinkProvider(session.accountId, linkId, new Date());
    const t = await getTranslations("sign-on");
    refresh();
    return { done: t("unlinked") };
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
