"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";

type SendAgainFormProps = {
  sendAgain: FormAction;
  messageId: string;
  /** To whom, for who hears the button without its row. */
  member: string;
};

/** Sends one message again. */
export function SendAgainForm({ sendAgain, messageId, member }: SendAgainFormProps) {
  const t = useTranslations("outbox");
  const [state, submit] = useActionState(sendAgain, {});
  return (
    <form action={submit} className="space-y-2">
      {isRefused(state) && <Refused state={state} scope={messageId} title={t("notSentAgain")} />}
      <input type="hidden" name="messageId" value={messageId} />
      <SubmitButton size="small" variant="secondary" pendingLabel={t("sendingAgain")}>
        {t("sendAgain")}
        <VisuallyHidden> {t("toMember", { member })}</VisuallyHidden>
      </SubmitButton>
    </form>
  );
}
