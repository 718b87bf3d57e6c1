"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { FileField } from "#components/ui/file-field.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { IMPORT_KINDS, type ImportKind } from "#lib/domain/tools/imports/schema.ts";

const BYTES_MAX = 10_000_000;
const ACCEPTED = ".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What the file holds, and the file; nothing is changed by it yet. */
export function ImportForm({ preview, kind }: { preview: FormAction; kind?: ImportKind | undefined }) {
  const t = useTranslations("import");
  return (
    <Form
      action={preview}
      submitLabel={t("preview")}
      pendingLabel={t("previewing")}
      refusedTitle={t("refused")}
      variant="primary"
    >
      {(state) => {
        const { error } = bindField(state, "file");
        return (
          <>
            <RadioGroup
              {...bindField(state, "kind", kind)}
              label={t("kind.label")}
              choices={IMPORT_KINDS.map((value) => ({
                value,
                label: t(`kind.${value}`),
                help: t(`kindHelp.${value}`),
              }))}
            />
            <FileField
              name="file"
              error={error}
              label={t("file")}
              help={t("fileHelp")}
              accept={ACCEPTED}
              maxBytes={BYTES_MAX}
              tooLarge={t("fileTooLarge")}
            />
          </>
        );
      }}
    </Form>
  );
}
