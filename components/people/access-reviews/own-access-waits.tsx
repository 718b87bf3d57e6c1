import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "#components/ui/callout.tsx";
import type { OwnAccess } from "#lib/domain/clinic/access-reviews/schema.ts";

/** That only the reader's own access waits for a decision, and who can decide on it: others, by name, or nobody but them. */
export function OwnAccessWaits({ own, actions }: { own: OwnAccess; actions?: ReactNode }) {
  const t = useTranslations("access-reviews.ownWaits");
  const format = useFormatter();
  return (
    <Callout tone="caution" title={t("title")} actions={own.sole && actions}>
      {own.sole
        ? t("sole")
        : t("others", { count: own.reviewers.length, names: format.list(own.reviewers, { type: "disjunction" }) })}
    </Callout>
  );
}
