"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";

type AddressFormsProps = { issue: FormAction; switchOff: FormAction; active: boolean };

/** Issuing an address, replacing it, switching it off. */
export function BlockListAddressForms({ issue, switchOff, active }: AddressFormsProps) {
  const t = useTranslations("block-list.address");
  return (
    <div className="mt-4 flex flex-wrap items-start gap-4 print:hidden">
      <div>
        <Form action={issue} submitLabel={t(active ? "replace" : "issue")} guard={false} scope="issue" />
        {active && <p className="mt-1 text-muted text-sm">{t("replaceHelp")}</p>}
      </div>
      {active && <Form action={switchOff} submitLabel={t("switchOff")} guard={false} scope="switch-off" />}
    </div>
  );
}
