"use client";

import { useTranslations } from "next-intl";
import { EmailField, JobTitleField, NameField, NewPasswordField } from "#components/clinic/account-fields.tsx";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { type OptionGroup, SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type FirstRunFormProps = {
  action: FormAction;
  timeZones: readonly OptionGroup[];
  passwordLengthMin: number;
};

export function FirstRunForm({ action, timeZones, passwordLengthMin }: FirstRunFormProps) {
  const t = useTranslations("clinic");
  return (
    <Form
      action={action}
      submitLabel={t("firstRun.submit")}
      pendingLabel={t("firstRun.pending")}
      refusedTitle={t("firstRun.refused")}
    >
      {(state) => (
        <>
          <TextField
            {...bindField(state, "clinicName")}
            label={t("firstRun.clinicName")}
            autoComplete="organization"
            required
          />
          <SelectField
            {...bindField(state, "timeZone")}
            label={t("firstRun.timeZone")}
            help={t("firstRun.timeZoneHelp")}
            placeholder={t("firstRun.timeZonePlaceholder")}
            options={timeZones}
            required
          />
          <fieldset className="space-y-5 border-t pt-5">
            <legend className="sr-only">{t("firstRun.owner")}</legend>
            <p className="font-semibold text-lg" aria-hidden="true">
              {t("firstRun.owner")}
            </p>
            <NameField {...bindField(state, "name")} />
            <JobTitleField {...bindField(state, "jobTitle")} />
            <EmailField {...bindField(state, "email")} />
            <NewPasswordField {...bindField(state, "password")} lengthMin={passwordLengthMin} />
          </fieldset>
        </>
      )}
    </Form>
  );
}
