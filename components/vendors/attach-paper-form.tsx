"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { FileField } from "#components/ui/file-field.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { SelectField } from "#components/ui/select.tsx";

type AttachPaperFormProps = {
  attach: FormAction;
  /** The versions that it may belong to, newest first, each with its words. */
  versions: ReadonlyArray<{ readonly id: string; readonly label: string }>;
  fileBytesMax: number;
};

/** A signed text or an annex for a version that is on record. */
export function AttachPaperForm({ attach, versions, fileBytesMax }: AttachPaperFormProps) {
  const t = useTranslations("vendors.papers");
  const record = useTranslations("vendors.record");
  return (
    <Form action={attach} submitLabel={t("submit")} variant="secondary" scope="attach">
      {(state) => (
        <>
          {versions.length > 1 ? (
            <SelectField
              {...bindField(state, "versionId", versions[0]?.id)}
              scope="attach"
              label={t("attachTo")}
              options={versions.map(({ id, label }) => ({ value: id, label }))}
            />
          ) : (
            <input type="hidden" name="versionId" value={versions[0]?.id} />
          )}
          <FileField
            name="file"
            scope="attach"
            error={state.errors?.file}
            label={t("file")}
            help={record("fileHelp")}
            accept="application/pdf"
            maxBytes={fileBytesMax}
            tooLarge={record("fileTooLarge")}
            required
          />
        </>
      )}
    </Form>
  );
}
