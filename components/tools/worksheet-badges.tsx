import { useTranslations } from "next-intl";
import { Badge, type Look, type Plain } from "#components/ui/badge.tsx";
import type { Answer, WorksheetStatus } from "#lib/domain/vendors/worksheet/schema.ts";

// No tick and no score: what the answers are worth, a person says in the conclusion.
const answerLook: Record<Answer, Look> = {
  good: { tone: "positive", shape: "dot" },
  concern: { tone: "caution", shape: "triangle" },
  not_applicable: { tone: "neutral", shape: "dash" },
  unknown: { tone: "caution", shape: "question" },
};

/** What the clinic makes of an answer. */
export function AnswerBadge({ answer }: { answer: Answer | null }) {
  const t = useTranslations("due-diligence.answer");
  if (answer === null) return <span className="text-muted">{t("none")}</span>;
  return (
    <Badge plain {...answerLook[answer]}>
      {t(answer)}
    </Badge>
  );
}

export function WorksheetBadge({ status, plain }: { status: WorksheetStatus } & Plain) {
  const t = useTranslations("due-diligence.status");
  return (
    <Badge
      tone={status === "complete" ? "positive" : "limited"}
      shape={status === "complete" ? "dot" : "ring"}
      plain={plain}
    >
      {t(status)}
    </Badge>
  );
}
