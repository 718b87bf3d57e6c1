"use client";

import { useTranslations } from "next-intl";
import { EmailField, NewPasswordField } from "#components/clinic/account-fields.tsx";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type ChangePasswordFormProps = { action: FormAction; email: string; lengthMin: number };

export function ChangePasswordForm({ action, email, lengthMin }: ChangePasswordFormProps) {
  const t = useTranslations("account.password");
  return (
    <Form
      action={action}
      submitLabel={t("submit")}
      pendingLabel={t("pending")}
      refusedTitle={t("refused")}
      guard={false}
    >
      {(state) => (
        <>
          <EmailField defaultValue={email} readOnly />
          <TextField
            {...bindField(state, "currentPassword")}
            label={t("current")}
            type="password"
            autoComplete="current-password"
            required
          />
          <NewPasswordField {...bindField(state, "password")} lengthMin={lengthMin} />
        </>
      )}
    </Form>
  );
}
