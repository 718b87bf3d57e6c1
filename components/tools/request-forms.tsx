"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Form } from "#components/layout/form.tsx";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type SupportFormProps = { support: FormAction; requestId: string; which: ReactNode };

/** "I want it too", on somebody else's open request. */
export function SupportForm({ support, requestId, which }: SupportFormProps) {
  const t = useTranslations("requests.similar");
  const [state, submit] = useActionState(support, {});
  return (
    <form action={submit} className="space-y-2">
      {isRefused(state) && <Refused state={state} scope={requestId} />}
      <input type="hidden" name="requestId" value={requestId} />
      <SubmitButton size="small" variant="secondary" pendingLabel={t("meToo")}>
        {t("meToo")}
        {which}
      </SubmitButton>
    </form>
  );
}

/** Takes one's own request back. */
export function WithdrawRequestForm({ withdraw, requestId }: { withdraw: FormAction; requestId: string }) {
  const t = useTranslations("requests.withdraw");
  return (
    <Form action={withdraw} submitLabel={t("submit")} variant="secondary" guard={false} scope="withdraw">
      {() => <input type="hidden" name="requestId" value={requestId} />}
    </Form>
  );
}
