"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { HolderQuestion } from "#components/layout/holder-question.tsx";
import { Refused } from "#components/layout/refused.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

type AddTotpFormProps = {
  action: FormAction;
  hasPassword: boolean;
  /** In groups of four, as people type. */
  secret: string;
  /** The secret sealed, on its way through the form. */
  sealed: string;
  /** The picture, drawn on the server. */
  picture: ReactNode;
  nextHref: string;
};

/** Three moves: read the picture, type a code, keep the recovery codes. */
export function AddTotpForm({ action, hasPassword, secret, sealed, picture, nextHref }: AddTotpFormProps) {
  const t = useTranslations("account.secondStep");
  const [state, submit] = useActionState(action, {});
  if (state.shownOnce?.length)
    return <RecoveryCodes codes={state.shownOnce} text={state.done ?? ""} nextHref={nextHref} />;
  return (
    <form action={submit} noValidate className="space-y-5">
      <Refused state={state} title={t("refused")} scope="add-totp" />
      <section aria-labelledby="scan">
        <h3 id="scan" className="mb-2 font-medium">
          {t("scan")}
        </h3>
        {picture}
        <p className="mt-2 text-sm">{t("byHand")}</p>
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <code className="break-all font-mono text-sm">{secret}</code>
          <CopyButton text={secret.replaceAll(" ", "")} label={t("copy")} copiedLabel={t("copied")} />
        </div>
      </section>
      <section aria-labelledby="type" className="space-y-3">
        <h3 id="type" className="font-medium">
          {t("type")}
        </h3>
        <input type="hidden" name="sealedToken" value={sealed} />
        <TextField
          {...bindField(state, "code")}
          scope="add-totp"
          label={t("code")}
          help={t("codeHelp")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
        />
      </section>
      <HolderQuestion state={state} hasPassword={hasPassword} scope="add-totp" />
      <SubmitButton pendingLabel={t("pending")}>{t("submit")}</SubmitButton>
    </form>
  );
}
