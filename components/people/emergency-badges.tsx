import { useTranslations } from "next-intl";
import { Badge, type Look, type Plain } from "#components/ui/badge.tsx";
import type { NamingState, UseState } from "#lib/domain/clinic/emergency-access/schema.ts";

const useLook: Record<UseState, Look> = {
  open: { tone: "critical", shape: "triangle" },
  to_review: { tone: "caution", shape: "clock" },
  overdue: { tone: "critical", shape: "clock" },
  reviewed: { tone: "positive", shape: "dot" },
};

const namingLook: Record<NamingState, Look> = {
  in_force: { tone: "positive", shape: "dot" },
  not_started: { tone: "limited", shape: "clock" },
  over: { tone: "neutral", shape: "dash" },
  ended: { tone: "neutral", shape: "dash" },
  lapsed: { tone: "neutral", shape: "dash" },
};

/** Where a use of emergency access stands. */
export function UseStateBadge({ state, plain }: { state: UseState } & Plain) {
  const t = useTranslations("emergency-access.state");
  return (
    <Badge {...useLook[state]} plain={plain}>
      {t(state)}
    </Badge>
  );
}

export function NamingStateBadge({ state }: { state: NamingState }) {
  const t = useTranslations("emergency-access.people.namingState");
  return (
    <Badge {...namingLook[state]} plain>
      {t(state)}
    </Badge>
  );
}
