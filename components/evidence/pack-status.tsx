import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { AnswerStatus, PackStatus } from "#lib/domain/evidence/schema.ts";

const packLooks: Record<PackStatus, { tone: Tone; shape: ShapeName }> = {
  requested: { tone: "limited", shape: "clock" },
  ready: { tone: "positive", shape: "dot" },
  failed: { tone: "critical", shape: "triangle" },
};

export function PackStatusBadge({ status }: { status: PackStatus }) {
  const t = useTranslations("evidence");
  return <Badge {...packLooks[status]}>{t(`status.${status}`)}</Badge>;
}

const answerLooks: Record<AnswerStatus, { tone: Tone; shape: ShapeName }> = {
  answered: { tone: "positive", shape: "dot" },
  partly: { tone: "caution", shape: "half" },
  none: { tone: "neutral", shape: "ring" },
};

export function AnswerBadge({ status }: { status: AnswerStatus }) {
  const t = useTranslations("evidence");
  return (
    <Badge plain {...answerLooks[status]}>
      {t(`answers.${status}`)}
    </Badge>
  );
}
