"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useRequestId } from "./providers.tsx";

type ErrorPageProps = { error: unknown; retry: () => void };

/** A defect, not a refusal: what happened is in the log, and the reference finds it there. */
export function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations("layout.error");
  const reference = [digestOf(error), useRequestId()].filter(Boolean).join(" · ");
  return (
    <div className="max-w-prose">
      <h1 className="font-semibold text-2xl">{t("title")}</h1>
      <p className="mt-3 text-muted">{t("text")}</p>
      {reference && (
        <p className="mt-3 text-sm">
          {t("reference")} <code className="font-mono text-xs">{reference}</code>
        </p>
      )}
      <p className="mt-6 flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          {t("retry")}
        </Button>
        <LinkButton href="/">{t("back")}</LinkButton>
      </p>
    </div>
  );
}

/** Next's hash of the error, which its server log carries too. */
function digestOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("digest" in error)) return undefined;
  return typeof error.digest === "string" ? error.digest : undefined;
}
