"use client";

import { useTranslations } from "next-intl";
import { EmailField, NewPasswordField } from "#components/clinic/account-fields.tsx";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";

type ResetPasswordFormProps = { action: FormAction; email: string; lengthMin: number };

export function ResetPasswordForm({ action, email, lengthMin }: ResetPasswordFormProps) {
  const t = useTranslations("account");
  return (
    <Form
      action={action}
      submitLabel={t("reset.submit")}
      pendingLabel={t("password.pending")}
      refusedTitle={t("password.refused")}
      guard={false}
    >
      {(state) => (
        <>
          <EmailField defaultValue={email} readOnly />
          <NewPasswordField {...bindField(state, "password")} lengthMin={lengthMin} />
        </>
      )}
    </Form>
  );
}
