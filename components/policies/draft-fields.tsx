"use client";

import { useTranslations } from "next-intl";
import { bindField, type FormState } from "#components/ui/form-state.ts";
import { SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { DUE_DAYS, REPORT_MINUTES } from "#lib/domain/policies/schema.ts";

/** What the form starts with: from the clinic's records and from the version before. */
export type PolicyDraftShown = {
  readonly newest: number;
  readonly effectiveOn: string;
  readonly dueDays: number;
  readonly amnestyUntil: string;
  readonly reportMinutes: number;
  readonly privacyOfficer: string;
  readonly securityOfficer: string;
  readonly governingBody: string;
  readonly governingBodyEs: string;
  readonly addresses: readonly string[];
};

/** Everything that the text of a directive leaves open. */
export function DraftFields({ state, draft }: { state: FormState; draft: PolicyDraftShown }) {
  const t = useTranslations("policies.issue");
  const bind = (name: string, initial?: string | number) => ({
    ...bindField(state, name, initial?.toString()),
    scope: "issue",
  });
  return (
    <div className="max-w-prose space-y-5">
      <TextareaField {...bind("reason")} label={t("reason")} help={t("reasonHelp")} rows={2} required />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          {...bind("effectiveOn", draft.effectiveOn)}
          type="date"
          label={t("effectiveOn")}
          help={t("effectiveOnHelp")}
          required
        />
        <SelectField
          {...bind("dueDays", draft.dueDays)}
          label={t("dueDays")}
          help={t("dueDaysHelp")}
          options={DUE_DAYS.map((days) => ({ value: String(days), label: t("dueDaysOption", { days }) }))}
        />
        <TextField
          {...bind("amnestyUntil", draft.amnestyUntil)}
          type="date"
          label={t("amnestyUntil")}
          help={t("amnestyUntilHelp")}
          required
        />
        <SelectField
          {...bind("reportMinutes", draft.reportMinutes)}
          label={t("reportMinutes")}
          options={REPORT_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: t("reportMinutesOption", { minutes }),
          }))}
        />
        <TextField
          {...bind("privacyOfficer", draft.privacyOfficer)}
          label={t("privacyOfficer")}
          help={t("privacyOfficerHelp")}
          required
        />
        <TextField
          {...bind("securityOfficer", draft.securityOfficer)}
          label={t("securityOfficer")}
          help={t("securityOfficerHelp")}
          required
        />
        <TextField
          {...bind("governingBody", draft.governingBody)}
          label={t("governingBody")}
          help={t("governingBodyHelp")}
          required
        />
        <TextField
          {...bind("governingBodyEs", draft.governingBodyEs)}
          label={t("governingBodyEs")}
          labelNote={t("optional")}
          help={t("governingBodyEsHelp")}
        />
      </div>
      <TextareaField
        {...bind("addresses", draft.addresses.join("\n"))}
        label={t("addresses")}
        help={t("addressesHelp")}
        rows={5}
        required
      />
    </div>
  );
}
