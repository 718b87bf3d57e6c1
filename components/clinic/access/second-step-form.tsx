"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type SecondStepFormProps = {
  action: FormAction;
  /** The page to come back to. */
  next: string | null;
};

export function SecondStepForm({ action, next }: SecondStepFormProps) {
  const t = useTranslations("account.signInStep");
  return (
    <Form
      action={action}
      guard={false}
      submitLabel={t("submit")}
      pendingLabel={t("pending")}
      refusedTitle={t("refused")}
    >
      {(state) => (
        <>
          {next !== null && <input type="hidden" name="next" value={next} />}
          <TextField
            name="code"
            error={bindField(state, "code").error}
            label={t("code")}
            help={t("codeHelp")}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            required
          />
        </>
      )}
    </Form>
  );
}
