"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextareaField } from "#components/ui/textarea.tsx";

/** Why somebody's second step is taken away. */
export function ResetFactorsForm({ action, memberId }: { action: FormAction; memberId: string }) {
  const t = useTranslations("domains.factors");
  return (
    <Form action={action} submitLabel={t("submit")} refusedTitle={t("refused")}>
      {(state) => (
        <>
          <input type="hidden" name="memberId" value={memberId} />
          <TextareaField {...bindField(state, "reason")} label={t("reason")} help={t("reasonHelp")} rows={3} required />
        </>
      )}
    </Form>
  );
}
