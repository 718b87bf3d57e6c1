"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerSignedIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { AddPasskey, AddTotp, ConfirmHolder, RemoveFactor } from "#lib/domain/clinic/access/schema.ts";
import { requireSession } from "#lib/domain/clinic/current.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { confirmHolderHere } from "#lib/platform/auth/confirm-holder.ts";
import { addTotp, removeFactor, renewRecoveryCodes } from "#lib/platform/auth/factors.ts";
import { addPasskey, askToAddPasskey, type RegistrationOptions } from "#lib/platform/auth/passkeys.ts";

export async function addTotpAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { code, sealedToken, currentPassword } = parseInput(AddTotp, fields(form));
    await confirmHolderHere(session, currentPassword);
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
    const { passkeyToken, name, currentPassword } = parseInput(AddPasskey, fields(form));
    await confirmHolderHere(session, currentPassword);
    const { recoveryCodes } = await addPasskey(session, { answer: passkeyToken, name }, new Date());
    const t = await getTranslations("account.passkey");
    if (recoveryCodes.length === 0) refresh();
    return { done: t("added"), shownOnce: recoveryCodes };
  });
}

export async function renewRecoveryCodesAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    await confirmHolderHere(session, parseInput(ConfirmHolder, fields(form)).currentPassword);
    const codes = await renewRecoveryCodes(session.accountId, new Date());
    const t = await getTranslations("account.secondStep");
    return { done: t("renewed"), shownOnce: codes };
  });
}

export async function removeFactorAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answerSignedIn(form, async (session) => {
    const { currentPassword, factorId } = parseInput(RemoveFactor, fields(form));
    await confirmHolderHere(session, currentPassword);
    await removeFactor(session.accountId, factorId, new Date());
    const t = await getTranslations("account.secondStep");
    refresh();
    return { done: t("removed") };
  });
}
