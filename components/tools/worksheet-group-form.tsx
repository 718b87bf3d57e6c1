"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Form } from "#components/layout/form.tsx";
import { FileField } from "#components/ui/file-field.tsx";
import { bindField, type FormAction, type FormState } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SelectField } from "#components/ui/select.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { ANSWERS, type AnswerShown } from "#lib/domain/vendors/worksheet/schema.ts";
import { useMerged, versionSeen } from "./worksheet-merge.ts";

/** A question as the form asks it; what the page knows about it comes ready-made. */
export type QuestionAsked = Pick<AnswerShown, "question" | "text" | "answer" | "note" | "last"> & {
  readonly about: ReactNode;
  readonly files: ReactNode;
};

type GroupFormProps = {
  save: FormAction;
  worksheetId: string;
  version: number;
  group: string;
  questions: readonly QuestionAsked[];
  /** The worksheet before this one, whose words stand beside each question. */
  before: number | null;
  submitLabel: string;
  limits: { readonly noteLength: number; readonly kilobytes: number; readonly fileBytes: number };
};

/** The questions of one group. What is saved can be changed until the worksheet is completed. */
export function WorksheetGroupForm({ save, worksheetId, version, group, questions, before, ...form }: GroupFormProps) {
  const t = useTranslations("due-diligence");
  const layout = useTranslations("layout.form");
  return (
    <Form
      action={save}
      submitLabel={form.submitLabel}
      refusedTitle={t("draft.refused")}
      actions={
        <SubmitButton variant="secondary" pendingLabel={layout("pending")} name="then" value="stay">
          {t("draft.save")}
        </SubmitButton>
      }
    >
      {(state) => (
        <>
          <input type="hidden" name="worksheetId" value={worksheetId} />
          <input type="hidden" name="version" value={versionSeen(state, version)} />
          <input type="hidden" name="group" value={group} />
          {questions.map((question) => (
            <Question key={question.question} {...{ question, state, version, before, limits: form.limits }} />
          ))}
          <Attach state={state} questions={questions} fileBytesMax={form.limits.fileBytes} />
        </>
      )}
    </Form>
  );
}

type QuestionProps = {
  question: QuestionAsked;
  state: FormState;
  version: number;
  before: number | null;
  limits: GroupFormProps["limits"];
};

function Question({ question, state, version, before, limits }: QuestionProps) {
  const t = useTranslations("due-diligence");
  const { question: key, text, last } = question;
  const answer = useMerged(state, version, `answer-${key}`, question.answer ?? "");
  const note = useMerged(state, version, `note-${key}`, question.note);
  // Read aloud with each field: fields of the same name on one page tell nothing apart.
  const of = (label: string) => (
    <>
      {label}
      <span className="sr-only">: {text}</span>
    </>
  );
  return (
    <section aria-labelledby={`question-${key}`} className="space-y-3 border-t pt-5">
      <h2 id={`question-${key}`} className="max-w-prose font-medium">
        {text}
      </h2>
      {question.about}
      <input type="hidden" name="question" value={key} />
      <RadioGroup
        {...answer.field}
        key={`answer ${answer.field.defaultValue}`}
        inline
        label={of(t("question.answer"))}
        help={
          last === null || before === null
            ? undefined
            : t("question.last", { number: before, answer: t(`answer.${last.answer ?? "none"}`) })
        }
        choices={ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
      />
      <TextareaField
        {...note.field}
        key={`note ${note.field.defaultValue}`}
        label={of(t("question.note"))}
        help={t("question.noteHelp", { max: limits.noteLength, kilobytes: limits.kilobytes })}
        maxLength={limits.noteLength}
        rows={2}
      />
      {(answer.onRecord !== null || note.onRecord !== null) && (
        <p className="border-l-2 pl-3 text-sm whitespace-pre-line wrap-anywhere">
          {t("draft.onRecord")} {t(`answer.${answer.onRecord || question.answer || "none"}`)}
          {note.onRecord !== null && `. ${note.onRecord}`}
        </p>
      )}
      {question.files}
    </section>
  );
}

type AttachProps = { state: FormState; questions: readonly QuestionAsked[]; fileBytesMax: number };

function Attach({ state, questions, fileBytesMax }: AttachProps) {
  const t = useTranslations("due-diligence.attach");
  return (
    <section aria-labelledby="attach" className="space-y-4 rounded-md border p-4">
      <div>
        <h2 id="attach" className="font-medium">
          {t("title")}
        </h2>
        <p className="text-muted text-sm">{t("lede")}</p>
      </div>
      <SelectField
        {...bindField(state, "fileQuestion")}
        label={t("question")}
        placeholder={t("choose")}
        options={questions.map(({ question, text }) => ({ value: question, label: text }))}
      />
      <FileField
        name="file"
        error={state.errors?.file}
        label={t("file")}
        help={t("help")}
        accept="application/pdf,image/png,image/jpeg"
        maxBytes={fileBytesMax}
        tooLarge={t("tooLarge")}
      />
    </section>
  );
}
