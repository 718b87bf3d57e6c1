"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { Card } from "#components/ui/section.tsx";
import { type Option, SelectField } from "#components/ui/select.tsx";

type IssueResetLinkFormProps = {
  action: FormAction;
  people: readonly Option[];
  /** Whose page the reader came from. */
  chosen?: string | undefined;
};

/** For whom; and the link, in the one answer that has it. */
export function IssueResetLinkForm({ action, people, chosen }: IssueResetLinkFormProps) {
  const t = useTranslations("account.issueReset");
  return (
    <Form action={action} submitLabel={t("submit")} guard={false}>
      {(state) => (
        <>
          {state.shownOnce?.map((address) => (
            <Card key={address}>
              <div className="flex flex-wrap items-center gap-3">
                <code className="min-w-0 break-all font-mono text-sm">{address}</code>
                <CopyButton text={address} label={t("copy")} copiedLabel={t("copied")} />
              </div>
              <p className="mt-2 text-sm">{t("once")}</p>
            </Card>
          ))}
          <SelectField
            {...bindField(state, "memberId", chosen)}
            label={t("who")}
            placeholder={t("whoPlaceholder")}
            options={people}
            required
          />
        </>
      )}
    </Form>
  );
}
