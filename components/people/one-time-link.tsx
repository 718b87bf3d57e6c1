"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";

type OneTimeLinkProps = { link: string | undefined; byMail: boolean };

/** A link that is shown this once, and sent to its person where mail goes out. */
export function OneTimeLink({ link, byMail }: OneTimeLinkProps) {
  const t = useTranslations("people.link");
  if (link === undefined) return null;
  return (
    <div className="rounded-md border px-4 py-3">
      <p className="font-medium text-sm">{t("title")}</p>
      <p className="mt-1 text-muted text-sm">{t(byMail ? "helpByMail" : "help")}</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded-sm bg-sunken px-2 py-1 font-mono text-sm wrap-anywhere">{link}</code>
        <CopyButton text={link} label={t("copy")} copiedLabel={t("copied")} />
      </div>
    </div>
  );
}
