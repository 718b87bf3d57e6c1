import { useTranslations } from "next-intl";
import { Deadline, Moment } from "#components/layout/moments.tsx";
import type { StandingWithReasons, Status } from "#lib/domain/tools/schema.ts";
import { RunningOut } from "./running-out.tsx";
import { StandingLine } from "./standing-line.tsx";
import { Recommendation } from "./status-badge.tsx";

type ToolSummaryProps = {
  tool: {
    readonly vendor: string;
    readonly statusSince: Date;
    readonly conditions: readonly string[];
    readonly reviewOn: string | null;
    readonly facts: { readonly recommendation: Status | null };
  };
  standing: StandingWithReasons;
  coverage: { readonly uncovered: readonly string[]; readonly baaUntil: string | null };
  today: string;
  timeZone: string;
};

/** What holds for the tool today, with what the decision in force asks for and what the catalogue recommends. */
export function ToolSummary({ tool, standing, coverage, today, timeZone }: ToolSummaryProps) {
  const t = useTranslations("tools");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-4 rounded-md border bg-raised p-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="space-y-3">
        <StandingLine standing={standing} vendor={tool.vendor} uncovered={coverage.uncovered} />
        {tool.conditions.length > 0 && (
          <div className="text-sm">
            <p className="font-medium">{t("decision.conditions")}</p>
            <ul className="list-disc pl-5">
              {tool.conditions.map((condition) => (
                <li key={condition}>{condition}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 self-start text-sm">
        <dt className="text-muted">{t("column.recommendation")}</dt>
        <dd>
          <Recommendation recommendation={tool.facts.recommendation} />
        </dd>
        <dt className="text-muted">{t("statusSince")}</dt>
        <dd>
          <Moment at={tool.statusSince} timeZone={timeZone} day />
        </dd>
        <dt className="text-muted">{t("reviewDue")}</dt>
        <dd>{tool.reviewOn === null ? t("noReview") : <Deadline on={tool.reviewOn} today={today} soonDays={30} />}</dd>
        {coverage.baaUntil !== null && (
          <>
            <dt className="text-muted">{t("baaUntil")}</dt>
            <dd>
              <RunningOut on={coverage.baaUntil} today={today} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
