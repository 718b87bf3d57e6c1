"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import type { ToolNamed } from "#lib/domain/vendors/schema.ts";
import { AgreementFields } from "./agreement-fields.tsx";

type RecordBaaFormProps = {
  record: FormAction;
  vendorId: string;
  ourParty: string;
  tools: readonly ToolNamed[];
  fileBytesMax: number;
};

/** A new agreement with a vendor. */
export function RecordBaaForm({ record, vendorId, ourParty, ...fields }: RecordBaaFormProps) {
  const t = useTranslations("vendors.record");
  return (
    <Form action={record} submitLabel={t("submit")}>
      {(state) => (
        <>
          <input type="hidden" name="vendorId" value={vendorId} />
          <TextField {...bindField(state, "reference")} label={t("reference")} help={t("referenceHelp")} required />
          <AgreementFields {...fields} state={state} start={{ ourParty }} />
        </>
      )}
    </Form>
  );
}
