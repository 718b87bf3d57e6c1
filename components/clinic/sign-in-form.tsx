"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

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
          <TextField
            {...bindField(state, "email")}
            label={t("account.email")}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <TextField
            {...bindField(state, "password")}
            label={t("account.password")}
            type="password"
            autoComplete="current-password"
            required
          />
        </>
      )}
    </Form>
  );
}
