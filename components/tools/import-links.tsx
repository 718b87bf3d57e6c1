"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";

/** The one-time links of those invited, in the one answer that has them: all as a file, and the first to be read. */
export function ImportLinks({ state, byMail }: { state: FormState; byMail: boolean }) {
  const t = useTranslations("import.links");
  const id = useId();
  const file = state.shownOnce?.[0];
  const rows = state.rowsShownOnce ?? [];
  if (file === undefined) return null;
  return (
    <section aria-labelledby={id} className="rounded-md border px-4 py-3">
      <h2 id={id} className="font-semibold text-lg">
        {t("title")}
      </h2>
      <p className="max-w-prose text-muted text-sm">{t(byMail ? "helpByMail" : "help")}</p>
      <div className="my-3 print:hidden">
        <Button onClick={() => saveAs(t("fileName"), file)}>
          <Download aria-hidden="true" />
          {t("download")}
        </Button>
      </div>
      <Table caption={t("caption")} hideCaption>
        <thead>
          <tr>
            <Th>{t("person")}</Th>
            <Th>{t("link")}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name = "", email = "", link = ""]) => (
            <tr key={email}>
              <Th scope="row" className="wrap-anywhere min-w-32">
                <bdi>{name}</bdi>
                <span className="block font-normal text-muted">{email}</span>
              </Th>
              <Td>
                <div className="flex flex-wrap items-center gap-2">
                  <code className="min-w-0 font-mono text-sm wrap-anywhere">{link}</code>
                  <CopyButton text={link} label={t("copy")} copiedLabel={t("copied")} />
                </div>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 text-muted text-sm">{t("inFile", { shown: rows.length, more: state.rowsLeftOut ?? 0 })}</p>
    </section>
  );
}

function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}
