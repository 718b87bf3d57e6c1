"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { VisuallyHidden } from "#components/ui/visually-hidden.tsx";

type MessageFormProps = {
  action: FormAction;
  messageId: string;
  /** To whom, for who hears the button without its row. */
  member: string;
};

/** Sends one message again. */
export function SendAgainForm(props: MessageFormProps) {
  const t = useTranslations("outbox");
  return <MessageForm {...props} label={t("sendAgain")} pendingLabel={t("sendingAgain")} title={t("notSentAgain")} />;
}

/** Says that the link of one message was passed on. */
export function HandOverForm(props: MessageFormProps) {
  const t = useTranslations("outbox");
  return <MessageForm {...props} label={t("handOver")} pendingLabel={t("handingOver")} title={t("notHandedOver")} />;
}

type Words = { label: string; pendingLabel: string; title: string };

function MessageForm({ action, messageId, member, label, pendingLabel, title }: MessageFormProps & Words) {
  const t = useTranslations("outbox");
  const [state, submit] = useActionState(action, {});
  return (
    <form action={submit} className="space-y-2">
      {isRefused(state) && <Refused state={state} scope={messageId} title={title} />}
      <input type="hidden" name="messageId" value={messageId} />
      <SubmitButton size="small" variant="secondary" pendingLabel={pendingLabel}>
        {label}
        <VisuallyHidden> {t("toMember", { member })}</VisuallyHidden>
      </SubmitButton>
    </form>
  );
}
