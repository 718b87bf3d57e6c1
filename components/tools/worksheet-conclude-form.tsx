"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction, type FormState } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { useMerged, versionSeen } from "./worksheet-merge.ts";

type ConcludeFormProps = {
  complete: FormAction;
  worksheetId: string;
  version: number;
  conclusion: string;
  reverifyOn: string | null;
  conclusionLengthMax: number;
};

/** What a worksheet comes to, and by when it is done again. Sending it closes the worksheet. */
export function WorksheetConcludeForm({ complete, worksheetId, version, ...kept }: ConcludeFormProps) {
  const t = useTranslations("due-diligence.conclude");
  const layout = useTranslations("layout.form");
  return (
    <Form
      action={complete}
      submitLabel={t("submit")}
      refusedTitle={t("refused")}
      scope="conclude"
      actions={
        <SubmitButton variant="secondary" pendingLabel={layout("pending")} name="then" value="save">
          {t("save")}
        </SubmitButton>
      }
    >
      {(state) => (
        <>
          <input type="hidden" name="worksheetId" value={worksheetId} />
          <input type="hidden" name="version" value={versionSeen(state, version)} />
          <Conclusion
            state={state}
            version={version}
            conclusion={kept.conclusion}
            lengthMax={kept.conclusionLengthMax}
          />
          <div className="max-w-60">
            <TextField
              {...bindField(state, "reverifyOn", kept.reverifyOn)}
              scope="conclude"
              type="date"
              label={t("reverifyOn")}
              help={t("reverifyOnHelp")}
              required
            />
          </div>
        </>
      )}
    </Form>
  );
}

type ConclusionProps = { state: FormState; version: number; conclusion: string; lengthMax: number };

function Conclusion({ state, version, conclusion, lengthMax }: ConclusionProps) {
  const t = useTranslations("due-diligence");
  const { field, onRecord } = useMerged(state, version, "conclusion", conclusion);
  return (
    <>
      <TextareaField
        {...field}
        key={`conclusion ${field.defaultValue}`}
        scope="conclude"
        label={t("conclude.conclusion")}
        help={t("conclude.conclusionHelp")}
        maxLength={lengthMax}
        rows={5}
        required
      />
      {onRecord !== null && (
        <p className="border-l-2 pl-3 text-sm whitespace-pre-line wrap-anywhere">
          {t("draft.onRecord")} {onRecord}
        </p>
      )}
    </>
  );
}
