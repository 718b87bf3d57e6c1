"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { FormState } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { LOCALES } from "#lib/domain/context.ts";
import type { PolicyPreview } from "#lib/domain/policies/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { DocumentText } from "./document-text.tsx";
import { TextHash } from "./text-hash.tsx";

// What the form says itself, in either step.
const OWN_FIELDS = ["code", "newest", "intent", "textSha256En", "textSha256Es"];

type IssuePreviewProps = {
  preview: PolicyPreview;
  /** What was typed, sent again as it is. */
  values: FormState["values"];
};

/** The very texts that would be issued, and the word that issues them. */
export function IssuePreview({ preview, values = {} }: IssuePreviewProps) {
  const t = useTranslations("policies");
  const date = dateText(preview.dueOn, useLocale());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { number, people, texts } = preview;
  return (
    <div className="space-y-6">
      {Object.entries(values)
        .filter(([name]) => !OWN_FIELDS.includes(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={typeof value === "string" ? value : value[0]} />
        ))}
      <input type="hidden" name="textSha256En" value={texts.en.sha256} />
      <input type="hidden" name="textSha256Es" value={texts.es.sha256} />
      <div>
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg outline-none">
          {t("issue.check")}
        </h2>
        <p className="max-w-prose">{t("issue.checkText", { number, people, date })}</p>
      </div>
      <div className="grid gap-6 lg:grid-cols-2">
        {LOCALES.map((locale) => (
          <section
            key={locale}
            aria-label={t(`language.${locale}`)}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="max-h-[32rem] space-y-4 overflow-y-auto rounded-md border p-4"
          >
            <p className="font-medium text-muted text-sm" lang={locale}>
              {t(`language.${locale}`)}
            </p>
            <DocumentText blocks={texts[locale].blocks} locale={locale} idPrefix={`${locale}-`} />
            <TextHash sha256={texts[locale].sha256} />
          </section>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="intent" value="issue" pendingLabel={t("issue.issuePending")}>
          {t("issue.issueNow", { number })}
        </SubmitButton>
        <SubmitButton name="intent" value="change" variant="secondary" pendingLabel={t("issue.change")}>
          {t("issue.change")}
        </SubmitButton>
      </div>
    </div>
  );
}
