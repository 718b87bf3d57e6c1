"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { CATEGORIES } from "#lib/domain/tools/schema.ts";

type RegisterToolFormProps = {
  register: FormAction;
  /** The request that it is taken in for, with the names it was asked for by. */
  request?:
    | {
        readonly id: string;
        readonly vendor: string;
        readonly product: string;
        readonly surface: string;
        readonly hostname: string;
      }
    | undefined;
};

/** A tool that the catalogue does not know, as a person describes it. */
export function RegisterToolForm({ register, request }: RegisterToolFormProps) {
  const t = useTranslations("tools.register");
  const words = useTranslations("tools.category");
  const categories = CATEGORIES.map((value) => ({ value, label: words(value) }));
  return (
    <Form action={register} submitLabel={t("submit")}>
      {(state) => (
        <>
          {request && <input type="hidden" name="requestId" value={request.id} />}
          <TextField
            {...bindField(state, "vendor", request?.vendor)}
            label={t("vendor")}
            help={t("vendorHelp")}
            required
          />
          <TextField
            {...bindField(state, "product", request?.product)}
            label={t("product")}
            help={t("productHelp")}
            required
          />
          <TextField
            {...bindField(state, "surface", request?.surface)}
            label={t("surface")}
            help={t("surfaceHelp")}
            required
          />
          <TextField
            {...bindField(state, "modelFamily")}
            label={t("modelFamily")}
            labelNote={t("optional")}
            help={t("modelFamilyHelp")}
          />
          <SelectField
            {...bindField(state, "category")}
            label={t("category")}
            placeholder={t("chooseCategory")}
            options={categories}
            required
          />
          <TextareaField
            {...bindField(state, "hostnames", request?.hostname)}
            label={t("hostnames")}
            labelNote={t("optional")}
            help={t("hostnamesHelp")}
            rows={3}
          />
          <TextField
            {...bindField(state, "jurisdiction")}
            label={t("jurisdiction")}
            labelNote={t("optional")}
            help={t("jurisdictionHelp")}
          />
          <TextareaField {...bindField(state, "why")} label={t("why")} help={t("whyHelp")} rows={3} required />
        </>
      )}
    </Form>
  );
}
