"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { FormState } from "#components/ui/form-state.ts";

/** Name, email, link, and until when it is good. */
type Rows = NonNullable<FormState["rowsShownOnce"]>;

type OneTimeLinksProps = {
  /** What the last try made. */
  made: Rows | undefined;
  byMail: boolean;
};

/** The links that were made since the page was opened, the newest first; nowhere else and no longer than the page. */
export function OneTimeLinks({ made, byMail }: OneTimeLinksProps) {
  const t = useTranslations("people.link");
  const [seen, setSeen] = useState(made);
  const [rows, setRows] = useState<Rows>(made ?? []);
  if (made !== seen) {
    setSeen(made);
    if (made !== undefined) setRows(keepingUsable(rows, made));
  }
  if (rows.length === 0) return null;
  return (
    <div className="rounded-md border px-4 py-3">
      <p className="font-medium text-sm">{t("titleMany", { count: rows.length })}</p>
      <p className="mt-1 text-muted text-sm">{t(byMail ? "helpByMail" : "help")}</p>
      <ul className="mt-2 divide-y">
        {rows.map(([name = "", , link = "", until = ""]) => (
          <li key={link} className="py-2">
            <p className="text-sm wrap-anywhere">{t("forWhom", { name, until })}</p>
            <div className="mt-1 flex flex-wrap items-center gap-2">
              <code className="min-w-0 rounded-sm bg-sunken px-2 py-1 font-mono text-sm wrap-anywhere">{link}</code>
              <CopyButton text={link} label={t("copyFor", { name })} copiedLabel={t("copied")} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The links without those whose place a new one to the same address has taken. */
export function keepingUsable(rows: Rows, made: Rows): Rows {
  const replaced = new Set(made.map(([, email]) => email));
  return [...made, ...rows.filter(([, email]) => !replaced.has(email))];
}
