"use client";

import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import type { SubmitEvent } from "react";
import { HolderQuestion } from "#components/layout/holder-question.tsx";
import { Refused } from "#components/layout/refused.tsx";
import { Button } from "#components/ui/button.tsx";
import { FormMessage } from "#components/ui/form-message.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { Section } from "#components/ui/section.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { usePasskey } from "./use-passkey.ts";

type AddPasskeyFormProps = {
  ask: () => Promise<PublicKeyCredentialCreationOptionsJSON>;
  action: FormAction;
  hasPassword: boolean;
  nextHref: string;
};

/** Where the browser knows passkeys: a name, then the device asks. */
export function AddPasskeyForm({ ask, action, hasPassword, nextHref }: AddPasskeyFormProps) {
  const t = useTranslations("account.passkey");
  const { state, isKnown, isBusy, isCancelled, send } = usePasskey(action);
  async function add(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    await send(new FormData(event.currentTarget), async () => startRegistration({ optionsJSON: await ask() }));
  }
  if (!isKnown) return null;
  const codes = state.shownOnce ?? [];
  return (
    <Section title={t("addTitle")} id="add-passkey" lede={t("addLede")}>
      {codes.length > 0 ? (
        <RecoveryCodes codes={codes} text={state.done ?? ""} nextHref={nextHref} />
      ) : (
        <form onSubmit={add} noValidate className="space-y-4">
          <Refused state={isCancelled ? { message: t("cancelled") } : state} title={t("refused")} scope="passkey" />
          <FormMessage>{state.done}</FormMessage>
          <TextField {...bindField(state, "name")} scope="passkey" label={t("name")} help={t("nameHelp")} required />
          <HolderQuestion state={state} hasPassword={hasPassword} scope="passkey" />
          <Button type="submit" aria-disabled={isBusy || undefined}>
            <span aria-live="polite">{isBusy ? t("pending") : t("submit")}</span>
          </Button>
        </form>
      )}
    </Section>
  );
}
