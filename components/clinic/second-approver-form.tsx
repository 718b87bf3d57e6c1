"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";

export function SecondApproverForm({ action, required }: { action: FormAction; required: boolean }) {
  const t = useTranslations("clinic.settings");
  return (
    <Form action={action} submitLabel={t("save")}>
      {(state) => (
        <RadioGroup
          {...bindField(state, "required", required ? "yes" : "no")}
          label={t("secondApproverQuestion")}
          choices={[
            { value: "yes", label: t("secondApproverYes"), help: t("secondApproverYesHelp") },
            { value: "no", label: t("secondApproverNo"), help: t("secondApproverNoHelp") },
          ]}
        />
      )}
    </Form>
  );
}
