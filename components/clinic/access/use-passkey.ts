import { browserSupportsWebAuthn } from "@simplewebauthn/browser";
import { startTransition, useActionState, useEffect, useState } from "react";
import type { FormAction } from "#components/ui/form-state.ts";

/** What the device answers goes to `action` as `passkeyToken`, beside what the form holds. */
export function usePasskey(action: FormAction) {
  const [state, dispatch, isPending] = useActionState(action, {});
  const [isKnown, setKnown] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const [isCancelled, setCancelled] = useState(false);
  useEffect(() => setKnown(browserSupportsWebAuthn()), []);
  const isBusy = isWaiting || isPending;
  async function send(form: FormData, askDevice: () => Promise<unknown>) {
    if (isBusy) return;
    setCancelled(false);
    setWaiting(true);
    try {
      form.set("passkeyToken", JSON.stringify(await askDevice()));
      startTransition(() => dispatch(form));
    } catch {
      setCancelled(true);
    } finally {
      setWaiting(false);
    }
  }
  return { state, isKnown, isBusy, isCancelled, send };
}
