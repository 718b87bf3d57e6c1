"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";

type ApplyImportFormProps = {
  apply: FormAction;
  /** Hash of the plan that the page shows; another one is refused. */
  seen: string;
  count: number;
  /** Whether statuses in the file become decisions. */
  decides: boolean;
};

/** The one button that carries the plan out. */
export function ApplyImportForm({ apply, seen, count, decides }: ApplyImportFormProps) {
  const t = useTranslations("import.plan");
  return (
    <div className="space-y-3 print:hidden">
      {decides && count > 0 && <p>{t("inYourName")}</p>}
      <Form
        action={apply}
        submitLabel={count > 0 ? t("apply", { count }) : t("confirmNothing")}
        pendingLabel={t("applying")}
        refusedTitle={t("applyRefused")}
        variant="primary"
        guard={false}
      >
        {() => <input type="hidden" name="seen" value={seen} />}
      </Form>
    </div>
  );
}
