import { useTranslations } from "next-intl";
import { Badge, type Look, type Plain } from "#components/ui/badge.tsx";
import type { Standing, Status } from "#lib/domain/tools/schema.ts";

// The tick is a standing's alone: an approval is worth something only once its conditions hold.
export const statusLook: Record<Status, Look> = {
  approved_for_phi: { tone: "positive", shape: "half" },
  not_for_phi: { tone: "limited", shape: "barred" },
  needs_review: { tone: "caution", shape: "question" },
  prohibited: { tone: "critical", shape: "cross" },
  retired: { tone: "neutral", shape: "dash" },
};

export const standingLook: Record<Standing, Look> = {
  may_use_with_phi: { tone: "positive", shape: "tick" },
  may_use_without_phi: { tone: "limited", shape: "barred" },
  ask: { tone: "caution", shape: "question" },
  may_not_use: { tone: "critical", shape: "cross" },
};

/** What was decided on a tool. */
export function StatusBadge({ status, plain }: { status: Status } & Plain) {
  const t = useTranslations("tools.status");
  return (
    <Badge {...statusLook[status]} plain={plain}>
      {t(status)}
    </Badge>
  );
}

/** What the catalogue would do; worded so that nobody takes it for what was done. */
export function Recommendation({ recommendation }: { recommendation: Status | null }) {
  const t = useTranslations("tools.recommendation");
  if (recommendation === null) return <span className="text-muted">{t("none")}</span>;
  return (
    <Badge plain {...statusLook[recommendation]}>
      {t(recommendation)}
    </Badge>
  );
}

/** What the decision is worth today. */
export function StandingBadge({ standing, plain }: { standing: Standing } & Plain) {
  const t = useTranslations("tools.standing");
  return (
    <Badge {...standingLook[standing]} plain={plain}>
      {t(standing)}
    </Badge>
  );
}
