"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";

/** Switches one's own daily mail on or off. */
export function DigestForm({ action, digest }: { action: FormAction; digest: boolean }) {
  const t = useTranslations("clinic.settings");
  return (
    <Form action={action} submitLabel={t("save")}>
      {(state) => (
        <RadioGroup
          {...bindField(state, "digest", digest ? "yes" : "no")}
          label={t("digestQuestion")}
          choices={[
            { value: "yes", label: t("digestYes"), help: t("digestYesHelp") },
            { value: "no", label: t("digestNo"), help: t("digestNoHelp") },
          ]}
        />
      )}
    </Form>
  );
}
