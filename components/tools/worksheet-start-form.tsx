"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";

type StartFormProps = {
  start: FormAction;
  toolId: string;
  /** The number of the worksheet whose notes the next one begins with. */
  from: number | null;
};

export function WorksheetStartForm({ start, toolId, from }: StartFormProps) {
  const t = useTranslations("due-diligence");
  return (
    <Form action={start} submitLabel={from === null ? t("start") : t("startNext")} guard={false}>
      {() => (
        <>
          <input type="hidden" name="toolId" value={toolId} />
          {from !== null && <p className="text-muted text-sm">{t("startHelp", { number: from })}</p>}
        </>
      )}
    </Form>
  );
}
