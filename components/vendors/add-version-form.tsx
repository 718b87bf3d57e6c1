"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import type { ToolNamed } from "#lib/domain/vendors/schema.ts";
import { AgreementFields, type AgreementStart } from "./agreement-fields.tsx";

type AddVersionFormProps = {
  add: FormAction;
  baa: { readonly id: string; readonly version: number };
  kind: "renewal" | "amendment" | "correction";
  /** The number of the version that a correction takes the place of. */
  corrects: number | null;
  start: AgreementStart;
  tools: readonly ToolNamed[];
  fileBytesMax: number;
  effectiveHelp?: string | undefined;
};

/** A later version of an agreement; the fields start from an earlier one. */
export function AddVersionForm({ add, baa, kind, corrects, ...fields }: AddVersionFormProps) {
  const t = useTranslations("vendors.version");
  return (
    <Form action={add} submitLabel={t(`${kind}Submit`)}>
      {(state) => (
        <>
          <input type="hidden" name="baaId" value={baa.id} />
          <input type="hidden" name="version" value={baa.version} />
          <input type="hidden" name="kind" value={kind} />
          {corrects !== null && <input type="hidden" name="corrects" value={corrects} />}
          <AgreementFields
            {...fields}
            state={state}
            why={kind === "correction" ? { label: t("why"), help: t("whyHelp") } : undefined}
          />
        </>
      )}
    </Form>
  );
}
