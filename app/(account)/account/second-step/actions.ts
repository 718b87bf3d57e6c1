"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerSignedIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { AddPasskey, AddTotp, ConfirmWithPassword, RemoveFactor } from "#lib/domain/clinic/access/schema.ts";
import { requireSession } from "#lib/domain/clinic/current.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { confirmPassword } from "#lib/platform/auth/confirm-password.ts";
import { addTotp, removeFactor, renewRecoveryCodes } from "#lib/platform/auth/factors.ts";
import { addPasskey, askToAddPasskey, type RegistrationOptions } from "#lib/platform/auth/passkeys.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import type { CurrentSession } from "#lib/platform/auth/session.ts";

export async function addTotpAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { code, sealedToken } = parseInput(AddTotp, fields(form));
    const { recoveryCodes } = await addTotp(session, { sealed: sealedToken, code }, new Date());
    const t = await getTranslations("account.secondStep");
    if (recoveryCodes.length === 0) refresh();
    return { done: t("addedText"), shownOnce: recoveryCodes };
  });
}

/** What the browser needs to make a passkey for whoever is signed in. */
export async function askToAddPasskeyAction(): Promise<RegistrationOptions> {
  return askToAddPasskey(await requireSession(), new Date());
}

export async function addPasskeyAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { passkeyToken, name } = parseInput(AddPasskey, fields(form));
    const { recoveryCodes } = await addPasskey(session, { answer: passkeyToken, name }, new Date());
    const t = await getTranslations("account.passkey");
    if (recoveryCodes.length === 0) refresh();
    return { done: t("added"), shownOnce: recoveryCodes };
  });
}

export async function renewRecoveryCodesAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    await confirm(session, parseInput(ConfirmWithPassword, fields(form)).currentPassword);
    const codes = await renewRecoveryCodes(session.accountId, new Date());
    const t = await getTranslations("account.secondStep");
    return { done: t("renewed"), shownOnce: codes };
  });
}

export async function removeFactorAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { currentPassword, factorId } = parseInput(RemoveFactor, fields(form));
    await confirm(session, currentPassword);
    await removeFactor(session.accountId, factorId, new Date());
    const t = await getTranslations("account.secondStep");
    refresh();
    return { done: t("removed") };
  });
}

async function confirm(session: CurrentSession, password: string): Promise<void> {
  const { address } = await requestFacts();
  await confirmPassword(session, { password, field: "currentPassword", address }, new Date());
}
