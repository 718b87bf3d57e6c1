"use client";

import { useTranslations } from "next-intl";
import { EmailField, NewPasswordField } from "#components/clinic/account-fields.tsx";
import { Form } from "#components/layout/form.tsx";
import { HolderQuestion } from "#components/layout/holder-question.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";

type ChangePasswordFormProps = { action: FormAction; email: string; hasPassword: boolean; lengthMin: number };

export function ChangePasswordForm({ action, email, hasPassword, lengthMin }: ChangePasswordFormProps) {
  const t = useTranslations("account.password");
  return (
    <Form
      action={action}
      submitLabel={hasPassword ? t("submit") : t("setFirst")}
      pendingLabel={t("pending")}
      refusedTitle={hasPassword ? t("refused") : t("refusedFirst")}
      guard={false}
    >
      {(state) => (
        <>
          <EmailField defaultValue={email} readOnly />
          <HolderQuestion state={state} hasPassword={hasPassword} />
          <NewPasswordField {...bindField(state, "password")} lengthMin={lengthMin} />
        </>
      )}
    </Form>
  );
}
