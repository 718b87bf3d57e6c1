"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type SignInRulesFormProps = {
  action: FormAction;
  idleMinutes: number;
  idleMinutesMin: number;
  idleMinutesMax: number;
};

export function SignInRulesForm({ action, idleMinutes, idleMinutesMin, idleMinutesMax }: SignInRulesFormProps) {
  const t = useTranslations("account.rules");
  return (
    <Form action={action} submitLabel={t("submit")} scope="sign-in-rules">
      {(state) => (
        <TextField
          {...bindField(state, "idleMinutes", String(idleMinutes))}
          scope="sign-in-rules"
          label={t("idle")}
          help={t("idleHelp", { min: idleMinutesMin, max: idleMinutesMax })}
          inputMode="numeric"
          required
        />
      )}
    </Form>
  );
}
