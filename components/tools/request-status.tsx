import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { RequestStatus } from "#lib/domain/tools/requests/schema.ts";

// The tick is a standing's alone; an answer says what was meant then.
const LOOKS: Record<RequestStatus, { tone: Tone; shape: ShapeName }> = {
  open: { tone: "caution", shape: "clock" },
  granted: { tone: "positive", shape: "dot" },
  refused: { tone: "critical", shape: "cross" },
  use_instead: { tone: "limited", shape: "ring" },
  withdrawn: { tone: "neutral", shape: "dash" },
};

/** Where a request stands. */
export function RequestStatusBadge({ status, plain }: { status: RequestStatus; plain?: boolean | undefined }) {
  const t = useTranslations("requests.status");
  return (
    <Badge {...LOOKS[status]} plain={plain}>
      {t(status)}
    </Badge>
  );
}
