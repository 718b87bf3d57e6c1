import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Section } from "#components/ui/section.tsx";
import type { PolicyShown } from "#lib/domain/policies/schema.ts";
import { cn } from "#lib/kernel/cn.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { DocumentText } from "./document-text.tsx";
import { OwnSignature } from "./own-signature.tsx";
import { TextBar } from "./text-bar.tsx";
import { TextHash } from "./text-hash.tsx";
import { VersionList } from "./version-list.tsx";

type PolicyViewProps = {
  shown: PolicyShown;
  /** The address of this page, and of the policy that the version belongs to. */
  path: string;
  policyPath: string;
  timeZone: string;
  /** Whether the reader is one of those who sign. */
  signs: boolean;
  /** The form, or a word in its place; nothing where the reader has signed. */
  signature: ReactNode;
};

/** A version of a policy: its exact text, the reader's signature, and the versions before it. */
export function PolicyView({ shown, path, policyPath, timeZone, signs, signature }: PolicyViewProps) {
  const t = useTranslations("policies");
  const moment = momentText(shown.issuedAt, useLocale(), timeZone);
  const { own } = shown;
  return (
    <>
      <TextBar path={path} locale={shown.locale} signHref={shown.dueOn === null ? undefined : "#signature"} />
      <DocumentText blocks={shown.blocks} locale={shown.locale} />
      <div className="mt-8 space-y-1 border-t pt-4">
        <p className="text-muted text-sm">{t("text.issued", { name: shown.issuedBy, moment })}</p>
        <TextHash sha256={shown.sha256} explained />
      </div>
      {(own !== null || signature) && (
        <div className={cn("mt-8 max-w-prose", own === null && "print:hidden")}>
          <Section id="signature" title={t("sign.title")}>
            {own === null ? signature : <OwnSignature own={own} timeZone={timeZone} />}
          </Section>
        </div>
      )}
      <div className="mt-10 print:hidden">
        <Section id="versions" title={t("versions.title")} lede={t("versions.lede")}>
          <VersionList
            versions={shown.versions}
            path={policyPath}
            timeZone={timeZone}
            shown={shown.number}
            signs={signs}
          />
        </Section>
      </div>
    </>
  );
}

/** "Version 2, in force from 3 Mar 2026". */
export function VersionLine({ shown }: { shown: Pick<PolicyShown, "number" | "effectiveOn"> }) {
  const t = useTranslations("policies.text");
  return t("version", { number: shown.number, date: dateText(shown.effectiveOn, useLocale()) });
}
