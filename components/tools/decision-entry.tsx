import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText, Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { DecisionShown } from "#lib/domain/tools/schema.ts";
import { RecordedLater } from "./recorded-later.tsx";
import { StatusBadge } from "./status-badge.tsx";

type DecisionEntryProps = {
  decision: DecisionShown;
  timeZone: string;
  inForce: boolean;
  /** The pages of the tool's worksheets and of the clinic's requests; null for who may not read requests. */
  worksheetsHref: string;
  requestsHref: string | null;
};

/** One decision of a tool's history, as it was made. */
export function DecisionEntry({ decision, timeZone, inForce, worksheetsHref, requestsHref }: DecisionEntryProps) {
  const t = useTranslations("tools.decision");
  const { decidedAt, recordedAt } = decision;
  return (
    <article aria-labelledby={`decision-${decision.number}`} className="break-inside-avoid border-l-2 pl-4">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 id={`decision-${decision.number}`} className="font-medium text-sm">
          <StatusBadge status={decision.status} plain />
        </h3>
        {inForce && <span className="text-muted text-xs">{t("inForce")}</span>}
        {decision.soleDecider && (
          <Badge tone="caution" shape="triangle">
            {t("sole")}
          </Badge>
        )}
      </div>
      <p className="mt-0.5 text-muted text-sm">
        {decision.decidedBy} · <Moment at={decidedAt} timeZone={timeZone} />
      </p>
      <RecordedLater at={decidedAt} recordedAt={recordedAt} timeZone={timeZone} />
      <p className="mt-2 whitespace-pre-line text-sm">{decision.reason}</p>
      {decision.conditions.length > 0 && <Conditions conditions={decision.conditions} />}
      <p className="mt-2 text-muted text-sm">
        {t(`basis.${decision.basis}`)}
        {decision.reviewOn !== null && (
          <>
            {" "}
            {t("review")} <DateText date={decision.reviewOn} />
          </>
        )}
      </p>
      <RestedOn decision={decision} worksheetsHref={worksheetsHref} requestsHref={requestsHref} />
    </article>
  );
}

type RestedOnProps = Pick<DecisionEntryProps, "decision" | "worksheetsHref" | "requestsHref">;

/** The worksheet that was there when it was made, and the request that it answered. */
function RestedOn({ decision, worksheetsHref, requestsHref }: RestedOnProps) {
  const t = useTranslations("tools.decision");
  const { worksheet, requestId } = decision;
  if (worksheet === null && requestId === null) return null;
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 text-sm">
      {worksheet !== null && (
        <Link prefetch={false} href={`${worksheetsHref}/${worksheet.id}`} className="link">
          {t("restsOn", { number: worksheet.number })}
        </Link>
      )}
      {requestId !== null && requestsHref !== null && (
        <Link prefetch={false} href={`${requestsHref}/${requestId}`} className="link">
          {t("answersRequest")}
        </Link>
      )}
      {requestId !== null && requestsHref === null && <span className="text-muted">{t("answersRequest")}</span>}
    </p>
  );
}

function Conditions({ conditions }: { conditions: readonly string[] }) {
  const t = useTranslations("tools.decision");
  return (
    <div className="mt-2 text-sm">
      <p className="font-medium">{t("conditions")}</p>
      <ul className="list-disc pl-5">
        {conditions.map((condition) => (
          <li key={condition}>{condition}</li>
        ))}
      </ul>
    </div>
  );
}
