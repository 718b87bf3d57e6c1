"use client";

import { useTranslations } from "next-intl";
import { bindField, type FormState } from "#components/ui/form-state.ts";
import { SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { WORKFORCE_TYPES } from "#lib/domain/clinic/schema.ts";

export type Place = { readonly id: string; readonly name: string };

type DescribedFieldsProps = {
  state: FormState;
  locations: readonly Place[];
  initial?: {
    readonly jobTitle: string;
    readonly workforceType: string;
    readonly locationId: string | null;
    readonly tracks: readonly string[];
  };
};

/** What somebody does here: job title, workforce type, place, training tracks. */
export function DescribedFields({ state, locations, initial }: DescribedFieldsProps) {
  const t = useTranslations("people");
  const optional = t("optional");
  return (
    <>
      <TextField
        {...bindField(state, "jobTitle", initial?.jobTitle)}
        label={t("field.jobTitle")}
        labelNote={optional}
        help={t("field.jobTitleHelp")}
      />
      <SelectField
        {...bindField(state, "workforceType", initial?.workforceType ?? "employee")}
        label={t("field.workforceType")}
        help={t("field.workforceTypeHelp")}
        options={WORKFORCE_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      {locations.length > 0 && (
        <SelectField
          {...bindField(state, "locationId", initial?.locationId)}
          label={t("field.location")}
          labelNote={optional}
          placeholder={t("field.noLocation")}
          options={locations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <TextareaField
        {...bindField(state, "tracks", initial?.tracks.join("\n"))}
        label={t("field.tracks")}
        labelNote={optional}
        help={t("field.tracksHelp")}
        rows={3}
      />
    </>
  );
}
