"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { UpdateAnswer } from "#lib/domain/tools/updates/schema.ts";
import { type ComparedField, ComparedFieldBox, type ComparedHeads } from "./update-compared.tsx";

type UpdateFormProps = {
  answer: FormAction;
  toolId: string;
  version: number;
  entrySha256: string;
  fields: readonly ComparedField[];
  heads: ComparedHeads;
  /** What a field may be answered with. */
  choices: readonly UpdateAnswer[];
};

/** The answers to a catalogue update: nothing is chosen beforehand. */
export function UpdateForm({ answer, toolId, version, entrySha256, fields, heads, choices }: UpdateFormProps) {
  const t = useTranslations("updates.one");
  const name = useTranslations("updates.field");
  const pending = useTranslations("layout.form")("pending");
  const isDateAlone = fields.length === 0;
  return (
    <Form
      action={answer}
      submitLabel={t(isDateAlone ? "takeOver" : "submit")}
      actions={
        !isDateAlone && (
          <SubmitButton variant="secondary" pendingLabel={pending} name="all" value="accept">
            {t("acceptAll")}
          </SubmitButton>
        )
      }
    >
      {(state) => (
        <div className="space-y-6">
          <input type="hidden" name="toolId" value={toolId} />
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="entrySha256" value={entrySha256} />
          {fields.map((compared) => (
            <ComparedFieldBox key={compared.field} compared={compared} heads={heads}>
              <RadioGroup
                {...bindField(state, compared.field)}
                label={
                  <>
                    <span className="sr-only">{name(compared.field)}: </span>
                    {t("answer")}
                  </>
                }
                help={compared.keptBefore ? t("keptBefore") : undefined}
                choices={choices.map((value) => ({ value, label: t(value) }))}
                inline
              />
            </ComparedFieldBox>
          ))}
        </div>
      )}
    </Form>
  );
}
