"use client";

import { useTranslations } from "next-intl";
import { EmailField, PasswordField } from "#components/clinic/account-fields.tsx";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";

type SignInFormProps = {
  action: FormAction;
  /** The page to come back to. */
  next: string | null;
};

export function SignInForm({ action, next }: SignInFormProps) {
  const t = useTranslations("clinic");
  return (
    <Form
      action={action}
      guard={false}
      submitLabel={t("signIn.submit")}
      pendingLabel={t("signIn.pending")}
      refusedTitle={t("signIn.refused")}
    >
      {(state) => (
        <>
          {next !== null && <input type="hidden" name="next" value={next} />}
          <EmailField {...bindField(state, "email")} />
          <PasswordField {...bindField(state, "password")} />
        </>
      )}
    </Form>
  );
}
