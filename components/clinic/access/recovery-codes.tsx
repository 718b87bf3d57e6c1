"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

type RecoveryCodesProps = { codes: readonly string[]; text: string; nextHref: string };

/** The codes, in the one answer that has them. */
export function RecoveryCodes({ codes, text, nextHref }: RecoveryCodesProps) {
  const t = useTranslations("account.secondStep");
  return (
    <div className="space-y-5">
      <Callout tone="positive" role="status" title={text} />
      <section aria-labelledby="recovery-codes">
        <h2 id="recovery-codes" className="font-semibold text-lg">
          {t("codesTitle")}
        </h2>
        <p className="max-w-prose text-muted text-sm">{t("codesText")}</p>
        <ul className="mt-3 grid max-w-sm grid-cols-2 gap-x-6 gap-y-1 rounded-md border p-4 font-mono">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </section>
      <div className="flex flex-wrap gap-2 print:hidden">
        <LinkButton variant="primary" href={nextHref}>
          {t("goOn")}
        </LinkButton>
        <Button onClick={() => window.print()}>{t("print")}</Button>
      </div>
    </div>
  );
}
