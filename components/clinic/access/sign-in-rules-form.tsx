"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type SignInRulesFormProps = {
  action: FormAction;
  idleMinutes: number;
  secondFactorForAll: boolean;
  idleMinutesMin: number;
  idleMinutesMax: number;
};

export function SignInRulesForm({ action, idleMinutes, secondFactorForAll, ...props }: SignInRulesFormProps) {
  const t = useTranslations("account.rules");
  return (
    <Form action={action} submitLabel={t("submit")} scope="sign-in-rules">
      {(state) => (
        <>
          <TextField
            {...bindField(state, "idleMinutes", String(idleMinutes))}
            scope="sign-in-rules"
            label={t("idle")}
            help={t("idleHelp", { min: props.idleMinutesMin, max: props.idleMinutesMax })}
            inputMode="numeric"
            required
          />
          <RadioGroup
            {...bindField(state, "secondFactorForAll", secondFactorForAll ? "yes" : "no")}
            scope="sign-in-rules"
            label={t("secondQuestion")}
            choices={[
              { value: "no", label: t("secondRoles"), help: t("secondRolesHelp") },
              { value: "yes", label: t("secondAll"), help: t("secondAllHelp") },
            ]}
          />
        </>
      )}
    </Form>
  );
}
