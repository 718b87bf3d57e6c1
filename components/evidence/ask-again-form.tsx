"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";

type AskAgainFormProps = { request: FormAction; asOf: string; from: string | null; to: string | null };

/** Asks for a pack of the same day and period once more. */
export function AskAgainForm({ request, asOf, from, to }: AskAgainFormProps) {
  const t = useTranslations("evidence");
  return (
    <Form
      action={request}
      submitLabel={t("askAgain")}
      variant="secondary"
      pendingLabel={t("requestPending")}
      guard={false}
    >
      {() => (
        <>
          <input type="hidden" name="asOf" value={asOf} />
          <input type="hidden" name="from" value={from ?? ""} />
          <input type="hidden" name="to" value={to ?? ""} />
        </>
      )}
    </Form>
  );
}
