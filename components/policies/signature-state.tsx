import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { SignatureState as State } from "#lib/domain/policies/schema.ts";

const looks: Record<State, { tone: Tone; shape: ShapeName }> = {
  signed: { tone: "positive", shape: "tick" },
  unsigned: { tone: "neutral", shape: "ring" },
  overdue: { tone: "critical", shape: "triangle" },
  left: { tone: "neutral", shape: "tick" },
};

/** Whether somebody has signed: word, shape and colour. */
export function SignatureState({ state }: { state: State }) {
  const t = useTranslations("policies.state");
  return (
    <Badge plain {...looks[state]}>
      {t(state)}
    </Badge>
  );
}
