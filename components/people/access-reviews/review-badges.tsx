import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Badge, type Look } from "#components/ui/badge.tsx";
import type { CarriedOut, ReviewStatus, Verdict } from "#lib/domain/clinic/access-reviews/schema.ts";

const statusLook: Record<ReviewStatus, Look> = {
  open: { tone: "caution", shape: "ring" },
  signed: { tone: "positive", shape: "tick" },
  abandoned: { tone: "neutral", shape: "dash" },
};

const verdictLook: Record<Verdict | "undecided", Look> = {
  undecided: { tone: "neutral", shape: "ring" },
  keep: { tone: "positive", shape: "dot" },
  change: { tone: "caution", shape: "triangle" },
  end: { tone: "critical", shape: "dash" },
};

const carriedLook: Record<CarriedOut["state"], Look> = {
  open: { tone: "caution", shape: "ring" },
  planned: { tone: "limited", shape: "clock" },
  done: { tone: "positive", shape: "tick" },
};

export function ReviewStatusBadge({ status }: { status: ReviewStatus }) {
  const t = useTranslations("access-reviews.status");
  return (
    <Badge {...statusLook[status]} plain>
      {t(status)}
    </Badge>
  );
}

export function VerdictBadge({ verdict }: { verdict: Verdict | null }) {
  const t = useTranslations("access-reviews.verdict");
  const shown = verdict ?? "undecided";
  return (
    <Badge {...verdictLook[shown]} plain>
      {t(shown)}
    </Badge>
  );
}

/** Whether what was decided has been done, and since when. */
export function CarriedOutBadge({ carriedOut }: { carriedOut: CarriedOut }) {
  const t = useTranslations("access-reviews.carried");
  return (
    <Badge {...carriedLook[carriedOut.state]} plain>
      {carriedOut.state === "open" ? (
        t("open")
      ) : (
        <>
          {t(`${carriedOut.state}On`)} <DateText date={carriedOut.on} />
        </>
      )}
    </Badge>
  );
}
