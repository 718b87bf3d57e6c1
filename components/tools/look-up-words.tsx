import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { verdictOf } from "#lib/domain/tools/look-up/rules.ts";
import type { GoesIn } from "#lib/domain/tools/requests/schema.ts";
import type { Standing } from "#lib/domain/tools/schema.ts";
import { standingLook } from "./status-badge.tsx";

/** Whom to ask, as a part of a sentence. */
export function useWhom(officers: readonly string[]): string {
  const t = useTranslations("look-up");
  const format = useFormatter();
  return officers.length === 0 ? t("owner") : format.list(officers, { type: "disjunction" });
}

/** How an answer looks: the tick is kept for patient data. */
export function answerLook(standing: Standing, goesIn: GoesIn | null) {
  const verdict = goesIn === null ? "yes" : verdictOf(standing, goesIn);
  if (verdict === "no") return standingLook.may_not_use;
  return verdict === "ask" ? standingLook.ask : standingLook[standing];
}

type VerdictBadgeProps = { standing: Standing; goesIn: GoesIn };

/** Yes, no or ask, for what goes in. */
export function VerdictBadge({ standing, goesIn }: VerdictBadgeProps) {
  const t = useTranslations("look-up.verdict");
  return (
    <Badge plain {...answerLook(standing, goesIn)}>
      {t(verdictOf(standing, goesIn))}
    </Badge>
  );
}
