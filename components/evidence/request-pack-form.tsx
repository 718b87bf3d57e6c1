"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type RequestPackFormProps = {
  request: FormAction;
  /** In the clinic's zone; no pack can show a later day. */
  today: string;
};

export function RequestPackForm({ request, today }: RequestPackFormProps) {
  const t = useTranslations("evidence");
  return (
    <Form action={request} submitLabel={t("requestButton")} pendingLabel={t("requestPending")} guard={false}>
      {(state) => (
        <>
          <div className="max-w-72">
            <TextField
              {...bindField(state, "asOf", today)}
              type="date"
              max={today}
              label={t("asOf")}
              help={t("asOfHelp")}
            />
          </div>
          <div>
            <div className="flex flex-wrap gap-4">
              <TextField
                {...bindField(state, "from")}
                type="date"
                max={today}
                label={t("from")}
                labelNote={t("optional")}
              />
              <TextField
                {...bindField(state, "to")}
                type="date"
                max={today}
                label={t("to")}
                labelNote={t("optional")}
              />
            </div>
            <p className="mt-1 max-w-prose text-muted text-sm">{t("periodHelp")}</p>
          </div>
        </>
      )}
    </Form>
  );
}
