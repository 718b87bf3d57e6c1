"use client";

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { startTransition, useActionState, useEffect, useState } from "react";
import { Refused } from "#components/layout/refused.tsx";
import { Button } from "#components/ui/button.tsx";
import type { FormAction } from "#components/ui/form-state.ts";

type PasskeySignInProps = {
  ask: () => Promise<PublicKeyCredentialRequestOptionsJSON>;
  action: FormAction;
  /** The page to come back to. */
  next: string | null;
};

/** Where the browser knows passkeys: a button that signs in with one. */
export function PasskeySignIn({ ask, action, next }: PasskeySignInProps) {
  const t = useTranslations("account.passkey");
  const [state, dispatch, isPending] = useActionState(action, {});
  const [isKnown, setKnown] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [isCancelled, setCancelled] = useState(false);
  useEffect(() => setKnown(browserSupportsWebAuthn()), []);
  async function signIn() {
    setCancelled(false);
    setWaiting(true);
    try {
      const form = new FormData();
      form.set("passkeyToken", JSON.stringify(await startAuthentication({ optionsJSON: await ask() })));
      if (next !== null) form.set("next", next);
      startTransition(() => dispatch(form));
    } catch {
      setCancelled(true);
    } finally {
      setWaiting(false);
    }
  }
  if (!isKnown) return null;
  const isBusy = isWaiting || isPending;
  return (
    <div className="space-y-3">
      <Refused state={isCancelled ? { message: t("cancelled") } : state} title={t("signInRefused")} />
      <Button onClick={() => !isBusy && signIn()} aria-disabled={isBusy || undefined}>
        <span aria-live="polite">{isBusy ? t("pending") : t("signIn")}</span>
      </Button>
    </div>
  );
}
