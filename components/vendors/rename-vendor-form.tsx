"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type RenameVendorFormProps = {
  rename: FormAction;
  vendor: { readonly id: string; readonly version: number; readonly name: string };
};

/** Another name for the same vendor. */
export function RenameVendorForm({ rename, vendor }: RenameVendorFormProps) {
  const t = useTranslations("vendors.rename");
  return (
    <Form action={rename} submitLabel={t("submit")} variant="secondary" scope="rename">
      {(state) => (
        <>
          <input type="hidden" name="vendorId" value={vendor.id} />
          <input type="hidden" name="version" value={vendor.version} />
          <TextField
            {...bindField(state, "name", vendor.name)}
            scope="rename"
            label={t("name")}
            help={t("nameHelp")}
            required
          />
        </>
      )}
    </Form>
  );
}
