"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";

type TerminateFormProps = { terminate: FormAction; baa: { readonly id: string; readonly version: number } };

/** An end before its time. */
export function TerminateForm({ terminate, baa }: TerminateFormProps) {
  const t = useTranslations("vendors.termination");
  return (
    <Form action={terminate} submitLabel={t("submit")} variant="danger">
      {(state) => (
        <>
          <input type="hidden" name="baaId" value={baa.id} />
          <input type="hidden" name="version" value={baa.version} />
          <div className="max-w-60">
            <TextField
              {...bindField(state, "lastDay")}
              type="date"
              label={t("lastDay")}
              help={t("lastDayHelp")}
              required
            />
          </div>
          <TextareaField {...bindField(state, "reason")} label={t("reason")} help={t("reasonHelp")} rows={3} required />
        </>
      )}
    </Form>
  );
}

type WithdrawTerminationFormProps = { withdraw: FormAction; terminationId: string };

/** Takes back an end that was a mistake, or that the parties gave up. */
export function WithdrawTerminationForm({ withdraw, terminationId }: WithdrawTerminationFormProps) {
  const t = useTranslations("vendors.termination");
  return (
    <Form action={withdraw} submitLabel={t("withdrawSubmit")} variant="secondary" scope="withdraw">
      {(state) => (
        <>
          <input type="hidden" name="terminationId" value={terminationId} />
          <TextareaField
            {...bindField(state, "reason")}
            scope="withdraw"
            label={t("withdrawReason")}
            help={t("withdrawLede")}
            rows={2}
            required
          />
        </>
      )}
    </Form>
  );
}
