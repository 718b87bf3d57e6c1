"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { isRefused, Refused } from "#components/layout/refused.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { UnsavedChanges } from "#components/ui/unsaved-changes.tsx";
import type { PolicyCode } from "#lib/domain/policies/documents/schema.ts";
import type { PolicyPreview } from "#lib/domain/policies/schema.ts";
import { DraftFields, type PolicyDraftShown } from "./draft-fields.tsx";
import { IssuePreview } from "./issue-preview.tsx";

export type IssueState = FormState & { preview?: PolicyPreview | undefined };

type IssueFormProps = {
  /** Previews, issues, or goes back to the fields, by the button that was pressed. */
  issue: (previous: IssueState, form: FormData) => Promise<IssueState>;
  code: PolicyCode;
  draft: PolicyDraftShown;
};

/** A new version in two steps: what the text leaves open, then the text itself as staff will read it. */
export function IssueForm({ issue, code, draft }: IssueFormProps) {
  const t = useTranslations("policies.issue");
  const words = useTranslations("layout.form");
  const [state, submit] = useActionState(issue, {});
  return (
    <form action={submit} noValidate className="space-y-6">
      <Refused state={state} title={t("refused")} scope="issue" />
      <UnsavedChanges
        question={words("unsaved")}
        startsDirty={isRefused(state) || state.values !== undefined}
        attempt={state}
      />
      <input type="hidden" name="code" value={code} />
      {/* The version that this page was made with, not the one of an earlier try. */}
      <input type="hidden" name="newest" value={draft.newest} />
      {state.preview ? (
        <IssuePreview preview={state.preview} values={state.values} />
      ) : (
        <>
          <DraftFields state={state} draft={draft} />
          <SubmitButton name="intent" value="preview" pendingLabel={t("previewPending")}>
            {t("preview")}
          </SubmitButton>
        </>
      )}
    </form>
  );
}
