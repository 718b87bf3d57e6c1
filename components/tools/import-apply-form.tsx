"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import type { ImportKind } from "#lib/domain/tools/imports/schema.ts";
import { ImportLinks } from "./import-links.tsx";

type ApplyImportFormProps = {
  apply: FormAction;
  kind: ImportKind;
  /** Whether the links go out by mail as soon as they are made. */
  byMail: boolean;
  /** What the page shows would be done; null once it is done, when only the links of those invited are left to take. */
  plan: {
    /** Hash of the plan; another one is refused. */
    readonly seen: string;
    readonly count: number;
  } | null;
};

/** The one button that carries the plan out. */
export function ApplyImportForm({ apply, kind, byMail, plan }: ApplyImportFormProps) {
  const t = useTranslations("import.plan");
  const count = plan?.count ?? 0;
  return (
    <div className="space-y-3">
      {count > 0 && kind === "tools" && <p>{t("inYourName")}</p>}
      {count > 0 && kind === "people" && (
        <p className="max-w-prose">{t(byMail ? "linksFollowByMail" : "linksFollow")}</p>
      )}
      <Form
        action={apply}
        submitLabel={count > 0 ? t("apply", { count }) : t("confirmNothing")}
        pendingLabel={t("applying")}
        refusedTitle={t("applyRefused")}
        variant="primary"
        guard={false}
        closed={plan === null}
        scope="apply"
      >
        {(state) => (
          <>
            {plan !== null && <input type="hidden" name="seen" value={plan.seen} />}
            <ImportLinks state={state} byMail={byMail} />
          </>
        )}
      </Form>
    </div>
  );
}

type RenewLinksFormProps = { renew: FormAction; waiting: number; byMail: boolean };

/** New links for all whom the import invited and who have not joined; the old ones end. */
export function RenewLinksForm({ renew, waiting, byMail }: RenewLinksFormProps) {
  const t = useTranslations("import.links");
  return (
    <div>
      <Form
        action={renew}
        submitLabel={t("renew", { count: waiting })}
        pendingLabel={t("renewing")}
        refusedTitle={t("renewRefused")}
        guard={false}
        closed={waiting === 0}
        scope="renew"
      >
        {(state) => <ImportLinks state={state} byMail={byMail} />}
      </Form>
      {waiting > 0 && (
        <p className="mt-1 max-w-prose text-muted text-sm print:hidden">
          {t(byMail ? "renewHelpByMail" : "renewHelp")}
        </p>
      )}
    </div>
  );
}
