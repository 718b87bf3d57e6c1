"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { type OptionGroup, SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { CLINIC_FACTS, type ClinicFacts, FACT_ANSWERS } from "#lib/domain/clinic/settings/schema.ts";

type ClinicFactsFormProps = { describe: FormAction; facts: ClinicFacts; zones: readonly OptionGroup[] };

/** What the clinic is, and what decides which rules it looks at. */
export function ClinicFactsForm({ describe, facts, zones }: ClinicFactsFormProps) {
  const t = useTranslations("clinic-facts");
  const optional = t("optional");
  return (
    <Form action={describe} submitLabel={t("submit")}>
      {(state) => (
        <>
          <input type="hidden" name="version" value={facts.version} />
          <TextField
            {...bindField(state, "legalName", facts.legalName)}
            label={t("legalName")}
            labelNote={optional}
            help={t("legalNameHelp")}
          />
          <TextareaField
            {...bindField(state, "address", facts.address)}
            label={t("address")}
            labelNote={optional}
            rows={3}
          />
          <SelectField
            {...bindField(state, "timeZone", facts.timeZone)}
            label={t("timeZone")}
            help={t("timeZoneHelp")}
            options={zones}
          />
          <TextField
            {...bindField(state, "states", facts.states.join(", "))}
            label={t("states")}
            labelNote={optional}
            help={t("statesHelp")}
          />
          {CLINIC_FACTS.map((fact) => (
            <RadioGroup
              key={fact}
              {...bindField(state, fact, facts[fact])}
              label={t(`fact.${fact}`)}
              help={t(`why.${fact}`)}
              choices={FACT_ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
              inline
            />
          ))}
        </>
      )}
    </Form>
  );
}
