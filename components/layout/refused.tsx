"use client";

import { ExternalLink, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { ErrorSummary } from "#components/ui/error-summary.tsx";
import { type FormState, fieldId } from "#components/ui/form-state.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";

type RefusedProps = {
  state: FormState;
  /** What has not happened, where "nothing was saved" doesn't say it: a sign-in. */
  title?: string | undefined;
  scope?: string | undefined;
  /** Anything that is new after each try, where the state is not. */
  attempt?: unknown;
};

/** What a form was refused for, field by field, and the way on from it. */
export function Refused({ state, title, scope, attempt = state }: RefusedProps) {
  const t = useTranslations("layout.form");
  const errors = Object.entries(state.errors ?? {}).map(([name, text]) => ({ fieldId: fieldId(name, scope), text }));
  return (
    <ErrorSummary
      title={title ?? t("refused")}
      message={state.message}
      errors={errors}
      attempt={attempt}
      actions={wayOn(state, attempt)}
    />
  );
}

export function isRefused(state: FormState): boolean {
  return Boolean(state.message) || Object.keys(state.errors ?? {}).length > 0;
}

function wayOn(state: FormState, attempt: unknown) {
  if (state.link) return <WayOn {...state.link} />;
  return state.stale ? <LookAgain attempt={attempt} /> : undefined;
}

export function WayOn({ href, label, newTab }: NonNullable<FormState["link"]>) {
  return (
    <LinkButton href={href} {...(newTab ? { target: "_blank" } : {})}>
      {label}
      {newTab && <ExternalLink aria-hidden="true" />}
    </LinkButton>
  );
}

// Fetches the page's records anew and leaves what is typed where it is.
function LookAgain({ attempt }: { attempt: unknown }) {
  const t = useTranslations("layout.form");
  const router = useRouter();
  const [isFetching, startFetching] = useTransition();
  const [lookedAgainAfter, setLookedAgainAfter] = useState<unknown>(null);
  function lookAgain() {
    startFetching(() => {
      router.refresh();
      setLookedAgainAfter(attempt);
    });
  }
  if (lookedAgainAfter === attempt) return <p role="status">{t("lookedAgain")}</p>;
  return (
    <Button onClick={lookAgain} aria-disabled={isFetching || undefined}>
      {isFetching ? <Spinner /> : <RotateCw aria-hidden="true" />}
      {t("lookAgain")}
    </Button>
  );
}
