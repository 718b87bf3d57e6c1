"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import type { Office } from "#lib/domain/clinic/settings/schema.ts";

type DesignateFormProps = {
  designate: FormAction;
  office: Office;
  people: ReadonlyArray<{ readonly id: string; readonly name: string; readonly jobTitle: string }>;
  today: string;
};

/** Who holds an office from a day on. */
export function DesignateForm({ designate, office, people, today }: DesignateFormProps) {
  const t = useTranslations("people.officers");
  return (
    <Form action={designate} submitLabel={t("designate")} scope={office}>
      {(state) => (
        <>
          <input type="hidden" name="office" value={office} />
          <SelectField
            {...bindField(state, "memberId")}
            scope={office}
            label={t("person")}
            placeholder={t("choosePerson")}
            options={people.map(({ id, name, jobTitle }) => ({
              value: id,
              label: jobTitle === "" ? name : `${name}, ${jobTitle}`,
            }))}
          />
          <div className="max-w-60">
            <TextField
              {...bindField(state, "fromOn", today)}
              scope={office}
              type="date"
              label={t("from")}
              help={t("fromHelp")}
              required
            />
          </div>
          <TextareaField
            {...bindField(state, "duties", t(`dutiesExample.${office}`))}
            scope={office}
            label={t("duties")}
            help={t("dutiesHelp")}
            rows={4}
            required
          />
        </>
      )}
    </Form>
  );
}

type EndDesignationFormProps = { end: FormAction; designationId: string; today: string };

/** Leaves an office vacant. */
export function EndDesignationForm({ end, designationId, today }: EndDesignationFormProps) {
  const t = useTranslations("people.officers");
  const scope = `end-${designationId}`;
  return (
    <Form action={end} submitLabel={t("end")} variant="danger" scope={scope}>
      {(state) => (
        <>
          <input type="hidden" name="designationId" value={designationId} />
          <div className="max-w-60">
            <TextField {...bindField(state, "toOn", today)} scope={scope} type="date" label={t("to")} required />
          </div>
          <TextareaField {...bindField(state, "reason")} scope={scope} label={t("reason")} rows={2} required />
        </>
      )}
    </Form>
  );
}
