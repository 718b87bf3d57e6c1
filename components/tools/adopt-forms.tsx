"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Form } from "#components/layout/form.tsx";
import { Refused } from "#components/layout/refused.tsx";
import type { ButtonVariant } from "#components/ui/button-style.ts";
import type { FormAction } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type AdoptSelectedFormProps = {
  adopt: FormAction;
  /** The ticks in the list name it: they stand outside, for the list's search is a form of its own. */
  id: string;
};

export function AdoptSelectedForm({ adopt, id }: AdoptSelectedFormProps) {
  const t = useTranslations("tools.catalogue");
  const [state, submit] = useActionState(adopt, {});
  return (
    <form id={id} action={submit} className="sticky bottom-0 z-20 mt-4 space-y-3 border-t bg-surface py-3 print:hidden">
      <Refused
        state={{ ...state, errors: {}, message: state.errors?.keys ?? state.message }}
        attempt={state}
        title={t("refused")}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubmitButton pendingLabel={t("adopting")}>{t("adoptSelected")}</SubmitButton>
        <p className="text-muted text-sm">{t("selectionHelp")}</p>
      </div>
    </form>
  );
}

type AdoptOneFormProps = {
  adopt: FormAction;
  catalogueKey: string;
  /** The request that it is adopted for. */
  requestId?: string | undefined;
};

export function AdoptOneForm({ adopt, catalogueKey, requestId }: AdoptOneFormProps) {
  const t = useTranslations("tools.catalogue");
  return (
    <Form action={adopt} submitLabel={t("adopt")} pendingLabel={t("adopting")} guard={false}>
      {() => (
        <>
          <input type="hidden" name="keys" value={catalogueKey} />
          {requestId && <input type="hidden" name="requestId" value={requestId} />}
        </>
      )}
    </Form>
  );
}

type AdoptProhibitedFormProps = { adopt: FormAction; label: ReactNode; variant?: ButtonVariant | undefined };

export function AdoptProhibitedForm({ adopt, label, variant = "secondary" }: AdoptProhibitedFormProps) {
  const t = useTranslations("tools.catalogue");
  return (
    <Form
      action={adopt}
      submitLabel={label}
      pendingLabel={t("adopting")}
      variant={variant}
      guard={false}
      scope="prohibited"
    />
  );
}
