import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { MailState, OutboxRow } from "#lib/domain/notifications/outbox/schema.ts";

const LOOKS: Record<MailState, { tone: Tone; shape: ShapeName }> = {
  queued: { tone: "caution", shape: "clock" },
  handed_over: { tone: "positive", shape: "dot" },
  sent: { tone: "positive", shape: "dot" },
  failed: { tone: "critical", shape: "cross" },
  bounced: { tone: "critical", shape: "cross" },
};

/** How far a message has come. */
export function MailStateBadge({ state, toHandOver }: Pick<OutboxRow, "state" | "toHandOver">) {
  const t = useTranslations("outbox.state");
  return (
    <Badge {...LOOKS[state]} plain>
      {t(toHandOver ? "toHandOver" : state)}
    </Badge>
  );
}
