"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Form } from "#components/layout/form.tsx";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SelectField } from "#components/ui/select.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { ANSWERS } from "#lib/domain/tools/requests/schema.ts";

type SeenProps = { request: { readonly id: string; readonly version: number } };

/** The request, and the version of it that the page shows: what has changed since is refused. */
function RequestSeen({ request }: SeenProps) {
  return (
    <>
      <input type="hidden" name="requestId" value={request.id} />
      <input type="hidden" name="version" value={request.version} />
    </>
  );
}

type LinkRequestFormProps = SeenProps & {
  link: FormAction;
  toolId: string;
  which: ReactNode;
};

/** Says that a tool of the register is the one a request means. */
export function LinkRequestForm({ link, request, toolId, which }: LinkRequestFormProps) {
  const t = useTranslations("requests.desk");
  const [state, submit] = useActionState(link, {});
  return (
    <form action={submit} className="contents">
      <RequestSeen request={request} />
      <input type="hidden" name="toolId" value={toolId} />
      <div className="justify-self-start">
        <SubmitButton size="small" variant="secondary" pendingLabel={t("link")}>
          {t("link")}
          {which}
        </SubmitButton>
      </div>
      {isRefused(state) && (
        <div className="sm:col-span-2">
          <Refused state={state} scope={toolId} />
        </div>
      )}
    </form>
  );
}

/** Says that a request means another tool than the one it is tied to. */
export function UnlinkRequestForm({ unlink, request }: SeenProps & { unlink: FormAction }) {
  const t = useTranslations("requests.desk");
  const [state, submit] = useActionState(unlink, {});
  return (
    <form action={submit} className="space-y-2">
      {isRefused(state) && <Refused state={state} scope="unlink" />}
      <RequestSeen request={request} />
      <SubmitButton size="small" variant="quiet" pendingLabel={t("unlink")}>
        {t("unlink")}
      </SubmitButton>
    </form>
  );
}

/** Takes an answer back, with a reason, and opens the request again. */
export function ReopenRequestForm({ reopen, request }: SeenProps & { reopen: FormAction }) {
  const t = useTranslations("requests.desk.reopen");
  return (
    <Form action={reopen} submitLabel={t("submit")} variant="secondary" scope="reopen">
      {(state) => (
        <>
          <RequestSeen request={request} />
          <TextareaField
            {...bindField(state, "reason")}
            scope="reopen"
            label={t("reason")}
            help={t("reasonHelp")}
            maxLength={2000}
            rows={3}
            required
          />
        </>
      )}
    </Form>
  );
}

type AnswerRequestFormProps = SeenProps & {
  answer: FormAction;
  /** The tool that the request means, where it is among the choices. */
  linkedToolId: string | undefined;
  choices: readonly { readonly value: string; readonly label: string; readonly isAskedFor: boolean }[];
};

/** An officer's answer. */
export function AnswerRequestForm({ answer, request, linkedToolId, choices }: AnswerRequestFormProps) {
  const t = useTranslations("requests.desk");
  const askedFor = choices.filter(({ isAskedFor }) => isAskedFor);
  const others = choices.filter(({ isAskedFor }) => !isAskedFor);
  return (
    <Form action={answer} submitLabel={t("submit")} scope="answer" about={request.version}>
      {(state) => (
        <div className="group/answer space-y-5">
          <RequestSeen request={request} />
          <RadioGroup
            {...bindField(state, "answer")}
            scope="answer"
            label={t("answer")}
            choices={ANSWERS.map((value) => ({
              value,
              label: t(`choice.${value}`),
              help: t(`choiceHelp.${value}`),
            }))}
          />
          {/* A refusal names no tool; without :has() the field stays, and the command drops what is in it. */}
          <div className="group-has-[input[value=refused]:checked]/answer:hidden">
            {choices.length === 0 ? (
              <p className="text-sm">{t("noChoices")}</p>
            ) : (
              <>
                {askedFor.length === 0 && (
                  <p className="mb-3 hidden text-sm group-has-[input[value=granted]:checked]/answer:block">
                    {t("noneToGrant")}
                  </p>
                )}
                <SelectField
                  {...bindField(state, "answerToolId", linkedToolId)}
                  scope="answer"
                  label={t("tool")}
                  placeholder={t("chooseTool")}
                  options={[
                    { label: t("askedFor"), options: askedFor },
                    {
                      label: t("others"),
                      options: others,
                      // Only what was asked for is granted; a browser that shows these all the same is refused in words.
                      className: "group-has-[input[value=granted]:checked]/answer:hidden",
                    },
                  ].filter(({ options }) => options.length > 0)}
                  help={t("toolHelp")}
                />
              </>
            )}
          </div>
          <TextareaField
            {...bindField(state, "reason")}
            scope="answer"
            label={t("reason")}
            help={t("reasonHelp")}
            rows={3}
          />
        </div>
      )}
    </Form>
  );
}
