"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import type { ButtonVariant } from "#components/ui/button-style.ts";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { FormMessage } from "#components/ui/form-message.tsx";
import { type FormAction, type FormState, fieldId } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { UnsavedChanges } from "#components/ui/unsaved-changes.tsx";

type FormProps = {
  action: FormAction;
  submitLabel: ReactNode;
  variant?: ButtonVariant | undefined;
  pendingLabel?: string | undefined;
  /** What has not happened, where "nothing was saved" doesn't say it: a sign-in. */
  refusedTitle?: string | undefined;
  /** Beside the button: a way out, a second submit button. */
  actions?: ReactNode;
  /** Off for what loses nothing: a search, a sign-in, a single button. */
  guard?: boolean | undefined;
  /** Same as the fields' `scope`, where two forms on a page share field names. */
  scope?: string | undefined;
  children?: ((state: FormState) => ReactNode) | undefined;
};

/** The one form pattern: what went wrong on top and beside each field, what was typed kept, sent once. */
export function Form({
  action,
  submitLabel,
  variant,
  pendingLabel,
  refusedTitle,
  actions,
  guard = true,
  scope,
  children,
}: FormProps) {
  const t = useTranslations("layout.form");
  const [state, submit] = useActionState(action, {});
  const errors = Object.entries(state.errors ?? {}).map(([name, text]) => ({ fieldId: fieldId(name, scope), text }));
  const refused = errors.length > 0 || Boolean(state.message);
  return (
    <form action={submit} noValidate className="space-y-5">
      <ErrorSummary title={refusedTitle ?? t("refused")} message={state.message} errors={errors} attempt={state} />
      <FormMessage>{state.done}</FormMessage>
      {guard && <UnsavedChanges question={t("unsaved")} startsDirty={refused} attempt={state} />}
      {children?.(state)}
      <div className="flex flex-wrap items-center gap-2">
        <SubmitButton variant={variant} pendingLabel={pendingLabel ?? t("pending")}>
          {submitLabel}
        </SubmitButton>
        {actions}
      </div>
    </form>
  );
}
