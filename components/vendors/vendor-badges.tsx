import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Badge, type Look, type Plain } from "#components/ui/badge.tsx";
import type { TermAnswer } from "#lib/domain/vendors/baas/schema.ts";
import { type BusinessAssociate, RUNNING_OUT_DAYS, type VendorBaaState } from "#lib/domain/vendors/schema.ts";
import { daysBetween } from "#lib/kernel/dates.ts";

const associateLook: Record<BusinessAssociate, Look> = {
  yes: { tone: "limited", shape: "dot" },
  no: { tone: "neutral", shape: "dash" },
  unknown: { tone: "caution", shape: "question" },
};

// No tick: a BAA in force lets patient data into a tool only together with a decision and a covered path.
const baaLook: Record<VendorBaaState, Look> = {
  in_force: { tone: "positive", shape: "dot" },
  not_yet_effective: { tone: "limited", shape: "clock" },
  not_signed: { tone: "caution", shape: "question" },
  expired: { tone: "critical", shape: "triangle" },
  terminated: { tone: "neutral", shape: "dash" },
  none: { tone: "neutral", shape: "ring" },
};

const answerLook: Record<TermAnswer, Look> = {
  met: { tone: "positive", shape: "dot" },
  not_met: { tone: "critical", shape: "cross" },
  not_applicable: { tone: "neutral", shape: "dash" },
};

type AssociateBadgeProps = Plain & {
  associate: BusinessAssociate;
  /** `isAssociate` where the question stands above: yes, no. */
  words?: "associate" | "isAssociate";
};

/** What a person determined: whether the vendor is a business associate. */
export function AssociateBadge({ associate, words = "associate", plain }: AssociateBadgeProps) {
  const t = useTranslations(`vendors.${words}`);
  return (
    <Badge {...associateLook[associate]} plain={plain}>
      {t(associate)}
    </Badge>
  );
}

/** What a BAA is worth today. */
export function BaaBadge({ state, plain }: { state: VendorBaaState } & Plain) {
  const t = useTranslations("vendors.baa");
  return (
    <Badge {...baaLook[state]} plain={plain}>
      {t(state)}
    </Badge>
  );
}

export function AnswerBadge({ answer }: { answer: TermAnswer }) {
  const t = useTranslations("vendors.answer");
  return (
    <Badge {...answerLook[answer]} plain>
      {t(answer)}
    </Badge>
  );
}

const [early, near, last] = RUNNING_OUT_DAYS;

/** When a BAA runs out: how long is left, and the day. It presses from 90 days before, harder at 60 and at 30. */
export function RunsOut({ on, today }: { on: string; today: string }) {
  const t = useTranslations("layout.time");
  const days = daysBetween(today, on);
  const words = days === 0 ? t("today") : t("inDays", { days });
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      {days > early ? (
        words
      ) : (
        <Badge plain {...pressing(days)}>
          {words}
        </Badge>
      )}
      <span className="text-muted">
        (<DateText date={on} />)
      </span>
    </span>
  );
}

function pressing(days: number): Look {
  if (days > near) return { tone: "limited", shape: "clock" };
  return days > last ? { tone: "caution", shape: "clock" } : { tone: "critical", shape: "triangle" };
}
