"use client";

import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { Refused } from "#components/layout/refused.tsx";
import { Button } from "#components/ui/button.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { usePasskey } from "./use-passkey.ts";

type PasskeySignInProps = {
  ask: () => Promise<PublicKeyCredentialRequestOptionsJSON>;
  action: FormAction;
  /** The page to come back to. */
  next: string | null;
};

/** Where the browser knows passkeys: a button that signs in with one. */
export function PasskeySignIn({ ask, action, next }: PasskeySignInProps) {
  const t = useTranslations("account.passkey");
  const { state, isKnown, isBusy, isCancelled, send } = usePasskey(action);
  async function signIn() {
    const form = new FormData();
    if (next !== null) form.set("next", next);
    await send(form, async () => startAuthentication({ optionsJSON: await ask() }));
  }
  if (!isKnown) return null;
  return (
    <div className="space-y-3">
      <Refused state={isCancelled ? { message: t("cancelled") } : state} title={t("signInRefused")} />
      <Button onClick={signIn} aria-disabled={isBusy || undefined}>
        <span aria-live="polite">{isBusy ? t("pending") : t("signIn")}</span>
      </Button>
    </div>
  );
}
