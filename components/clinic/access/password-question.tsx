"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { HolderQuestion } from "#components/layout/holder-question.tsx";
import { Refused } from "#components/layout/refused.tsx";
import type { ButtonVariant } from "#components/ui/button-style.ts";
import { FormMessage } from "#components/ui/form-message.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

type PasswordQuestionProps = {
  action: FormAction;
  hasPassword: boolean;
  /** Tells its field from that of another such question on the page. */
  scope: string;
  submitLabel: string;
  refusedTitle: string;
  variant?: ButtonVariant | undefined;
  nextHref: string;
  children?: ReactNode;
};

/** Something that only the account's holder may do, at a browser that somebody may have left open. */
export function PasswordQuestion({ action, hasPassword, scope, ...props }: PasswordQuestionProps) {
  const t = useTranslations("account");
  const [state, submit] = useActionState(action, {});
  if (state.shownOnce) {
    return <RecoveryCodes codes={state.shownOnce} text={state.done ?? ""} nextHref={props.nextHref} />;
  }
  return (
    <form action={submit} noValidate className="space-y-4">
      <Refused state={state} title={props.refusedTitle} scope={scope} />
      <FormMessage>{state.done}</FormMessage>
      {props.children}
      <HolderQuestion state={state} hasPassword={hasPassword} scope={scope} />
      <SubmitButton variant={props.variant ?? "secondary"} pendingLabel={t("secondStep.pending")}>
        {props.submitLabel}
      </SubmitButton>
    </form>
  );
}
