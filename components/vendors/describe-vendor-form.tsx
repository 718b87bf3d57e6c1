"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { BUSINESS_ASSOCIATE_ANSWERS } from "#lib/domain/vendors/schema.ts";

type DescribeVendorFormProps = {
  describe: FormAction;
  vendor: {
    readonly id: string;
    readonly version: number;
    readonly jurisdiction: string;
    readonly website: string;
    readonly contactName: string;
    readonly contactEmail: string;
    readonly notes: string;
    /** What somebody determined before; null where nobody has, and then nothing is chosen beforehand. */
    readonly determined: { readonly businessAssociate: string; readonly reason: string } | null;
  };
};

/** What the clinic knows of a vendor, and a person's judgement whether it is a business associate. */
export function DescribeVendorForm({ describe, vendor }: DescribeVendorFormProps) {
  const t = useTranslations("vendors.describe");
  const optional = useTranslations("vendors")("optional");
  return (
    <Form action={describe} submitLabel={t("submit")}>
      {(state) => (
        <>
          <input type="hidden" name="vendorId" value={vendor.id} />
          <input type="hidden" name="version" value={vendor.version} />
          <RadioGroup
            {...bindField(state, "businessAssociate", vendor.determined?.businessAssociate)}
            label={t("associate")}
            help={t("associateHelp")}
            choices={BUSINESS_ASSOCIATE_ANSWERS.map((value) => ({ value, label: t(value), help: t(`${value}Help`) }))}
          />
          <TextareaField
            {...bindField(state, "businessAssociateReason", vendor.determined?.reason)}
            label={t("reason")}
            help={t("reasonHelp")}
            rows={3}
          />
          <TextField
            {...bindField(state, "jurisdiction", vendor.jurisdiction)}
            label={t("jurisdiction")}
            labelNote={optional}
            help={t("jurisdictionHelp")}
          />
          <TextField
            {...bindField(state, "website", vendor.website)}
            type="url"
            label={t("website")}
            labelNote={optional}
            help={t("websiteHelp")}
          />
          <TextField
            {...bindField(state, "contactName", vendor.contactName)}
            label={t("contactName")}
            labelNote={optional}
            help={t("contactNameHelp")}
          />
          <TextField
            {...bindField(state, "contactEmail", vendor.contactEmail)}
            type="email"
            label={t("contactEmail")}
            labelNote={optional}
          />
          <TextareaField
            {...bindField(state, "notes", vendor.notes)}
            label={t("notes")}
            labelNote={optional}
            help={t("notesHelp")}
            rows={3}
          />
        </>
      )}
    </Form>
  );
}
