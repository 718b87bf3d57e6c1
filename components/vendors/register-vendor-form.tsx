"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

/** A vendor that no tool of the register has brought yet. */
export function RegisterVendorForm({ register }: { register: FormAction }) {
  const t = useTranslations("vendors");
  return (
    <Form action={register} submitLabel={t("new.submit")}>
      {(state) => (
        <>
          <TextField {...bindField(state, "name")} label={t("new.name")} help={t("new.nameHelp")} required />
          <TextField
            {...bindField(state, "jurisdiction")}
            label={t("new.jurisdiction")}
            labelNote={t("optional")}
            help={t("new.jurisdictionHelp")}
          />
        </>
      )}
    </Form>
  );
}
