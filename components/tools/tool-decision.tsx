import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateText, Moment } from "#components/layout/moments.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { Section } from "#components/ui/section.tsx";
import { type DeepseekRelation, STATUSES, type Status } from "#lib/domain/tools/schema.ts";
import type { CoverageShown } from "#lib/domain/vendors/paths/schema.ts";
import { isPastReverification } from "#lib/domain/vendors/worksheet/rules.ts";
import type { DiligenceShown } from "#lib/domain/vendors/worksheet/schema.ts";
import { DecideForm } from "./decide-form.tsx";

// What the blanket leaves to decide: it can be said again, or the tool put away.
const UNDER_THE_BLANKET: readonly Status[] = ["prohibited", "retired"];

type ToolDecisionProps = {
  tool: {
    readonly id: string;
    readonly version: number;
    readonly status: Status;
    readonly vendor: string;
    readonly deepseek: DeepseekRelation;
    readonly deepseekNarrowed: boolean;
    readonly conditions: readonly string[];
    readonly facts: { readonly conditions: readonly string[] };
  };
  coverage: CoverageShown;
  diligence: DiligenceShown;
  /** Whether nobody but the reader could decide. */
  wouldBeSole: boolean;
  today: string;
  timeZone: string;
  /** The page of the tool's worksheets. */
  worksheetsHref: string;
  /** The request that the decision answers. */
  requestId: string | undefined;
  decide: FormAction;
};

/** The form by which a person decides; DeepSeek's own surfaces leave nothing to decide. */
export function ToolDecision({ tool, coverage, wouldBeSole, requestId, decide, ...restsOn }: ToolDecisionProps) {
  const t = useTranslations("tools.decide");
  if (tool.deepseek === "own") return null;
  const blanket = tool.deepseek === "hosted" && !tool.deepseekNarrowed;
  return (
    <div className="print:hidden">
      <Section id="decide" title={t("title")} lede={blanket ? t("underBlanket") : t("lede")} boxed>
        <div className="space-y-5">
          {tool.status === "retired" && !blanket && <Callout title={t("retiredTitle")}>{t("retired")}</Callout>}
          {wouldBeSole && (
            <Callout tone="caution" title={t("soleTitle")}>
              {t("sole")}
            </Callout>
          )}
          <RestsOn {...restsOn} />
          <DecideForm
            decide={decide}
            tool={tool}
            statuses={blanket ? UNDER_THE_BLANKET : STATUSES}
            forPhi={<ForPhi coverage={coverage} vendor={tool.vendor} />}
            requestId={requestId}
            conditions={tool.conditions.length > 0 ? tool.conditions : tool.facts.conditions}
          />
        </div>
      </Section>
    </div>
  );
}

/** What an approval for patient data would rest on, or still lacks, before anybody tries. */
function ForPhi({ coverage, vendor }: { coverage: CoverageShown; vendor: string }): ReactNode {
  const t = useTranslations("tools");
  const { gaps, uncovered, baaId, baas } = coverage;
  const reference = baas.find(({ id }) => id === baaId)?.reference;
  if (gaps.length === 0) {
    const words = reference === undefined ? t("decide.forPhiOwn") : t("decide.forPhi", { reference });
    return <span className="wrap-anywhere">{words}</span>;
  }
  return (
    <>
      {t("decide.lacks")}
      <ul className="list-disc pl-5">
        {gaps.map((gap) => (
          <li key={gap} className="wrap-anywhere">
            {t(`coverage.gap.${gap}`, { vendor, names: uncovered.join(", ") })}
          </li>
        ))}
      </ul>
      <a href="#coverage" className="link">
        {t("decide.seeCoverage")}
      </a>
    </>
  );
}

type RestsOnProps = Pick<ToolDecisionProps, "diligence" | "today" | "timeZone" | "worksheetsHref">;

/** The worksheet that the decision would keep. */
function RestsOn({ diligence, today, timeZone, worksheetsHref }: RestsOnProps) {
  const t = useTranslations("tools.decide");
  const { newest, draft } = diligence;
  if (newest === null) {
    return (
      <p className="text-sm">
        {draft === null ? t("noWorksheet") : t("onlyDraft")}{" "}
        <Link prefetch={false} href={worksheetsHref} className="link">
          {t("toWorksheets")}
        </Link>
      </p>
    );
  }
  const isPast = isPastReverification(newest.reverifyOn, today);
  const worksheet = (
    <Link prefetch={false} href={`${worksheetsHref}/${newest.id}`} className="link">
      {t("worksheet", { number: newest.number })}
    </Link>
  );
  const restsOn = (
    <>
      {t("restsOn")} {worksheet}
      {newest.completedAt !== null && (
        <>
          , <Moment at={newest.completedAt} timeZone={timeZone} day />
        </>
      )}
      .
    </>
  );
  if (!isPast || newest.reverifyOn === null) return <p className="text-sm">{restsOn}</p>;
  return (
    <Callout tone="caution" title={t("pastTitle")}>
      <p>{restsOn}</p>
      <p>
        {t("past")} <DateText date={newest.reverifyOn} />. {t("pastAnyway")}
      </p>
    </Callout>
  );
}
