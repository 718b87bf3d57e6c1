import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateText } from "#components/layout/moments.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Shape } from "#components/ui/shape.tsx";
import type { BaaOfVendor, CoverageShown, PathShown } from "#lib/domain/vendors/paths/schema.ts";
import { cn } from "#lib/kernel/cn.ts";
import { baaPath } from "./inference-path-table.tsx";
import { RunningOut } from "./running-out.tsx";

type CoverageSectionProps = {
  tool: { readonly id: string; readonly vendorId: string; readonly vendor: string };
  coverage: CoverageShown;
  path: PathShown | null;
  today: string;
  start: string;
  may: { readonly recordBaa: boolean; readonly recordPath: boolean };
};

/** What a tool would need for patient data and has, or lacks, today; with the way to what is missing. */
export function CoverageSection({ tool, coverage, path, today, start, may }: CoverageSectionProps) {
  const t = useTranslations("tools.coverage");
  const { baas, gaps, uncovered } = coverage;
  const vendor = `${start}/vendors/${tool.vendorId}`;
  const covering = baas.find(({ id }) => id === coverage.baaId) ?? null;
  const baaGap = gaps.find((gap) => gap !== "path_not_on_record" && gap !== "hop_uncovered");
  return (
    <Section id="coverage" title={t("title")} lede={t("lede")}>
      <ul className="space-y-4">
        <Line
          isThere={baaGap === undefined}
          action={
            baaGap !== undefined &&
            may.recordBaa && (
              <LinkButton href={baas.length === 0 ? `${vendor}/baas/new` : vendor} size="small">
                {baas.length === 0 ? t("recordBaa") : t("openVendor", { vendor: tool.vendor })}
              </LinkButton>
            )
          }
        >
          {covering !== null && (
            <p>
              <Link
                prefetch={false}
                href={baaPath(start, { id: covering.id, vendorId: tool.vendorId })}
                className="link"
              >
                {covering.reference}
              </Link>{" "}
              {t("names")} {covering.until === null ? t("noEnd") : <RunningOut on={covering.until} today={today} />}
            </p>
          )}
          {covering === null && baaGap === undefined && <p>{t("own")}</p>}
          {baaGap !== undefined && <p>{t(`gap.${baaGap}`, { vendor: tool.vendor })}</p>}
          <OtherBaas baas={baas.filter((baa) => baa !== covering)} vendorId={tool.vendorId} start={start} />
        </Line>
        <Line
          isThere={path !== null && uncovered.length === 0}
          action={
            path === null &&
            may.recordPath && (
              <LinkButton href={`${start}/tools/${tool.id}/path`} size="small">
                {t("recordPath")}
              </LinkButton>
            )
          }
        >
          {path === null && <p>{t("gap.path_not_on_record")}</p>}
          {path !== null && uncovered.length > 0 && <p>{t("gap.hop_uncovered", { names: uncovered.join(", ") })}</p>}
          {path !== null && uncovered.length === 0 && <p>{t("hops", { count: path.hops.length })}</p>}
          {path !== null && (
            <a href="#path" className="link">
              {t("seePath")}
            </a>
          )}
        </Line>
      </ul>
    </Section>
  );
}

type LineProps = { isThere: boolean; action: ReactNode; children: ReactNode };

function Line({ isThere, action, children }: LineProps) {
  const t = useTranslations("tools.coverage");
  return (
    <li className="flex gap-3 text-sm">
      <span className={cn("mt-1", isThere ? "text-positive" : "text-critical")}>
        <Shape name={isThere ? "dot" : "cross"} />
        <span className="sr-only">{isThere ? t("there") : t("missing")}</span>
      </span>
      <div className="min-w-0 flex-1 space-y-1 wrap-anywhere">
        {children}
        {action && <div className="pt-1">{action}</div>}
      </div>
    </li>
  );
}

type OtherBaasProps = { baas: readonly BaaOfVendor[]; vendorId: string; start: string };

// BAAs with the vendor that cover nothing here: without them "it doesn't name this plan" would be a riddle.
function OtherBaas({ baas, vendorId, start }: OtherBaasProps) {
  const t = useTranslations("tools.coverage");
  if (baas.length === 0) return null;
  return (
    <div className="text-muted">
      <p>{t("others")}</p>
      <ul className="list-disc pl-5">
        {baas.map((baa) => (
          <li key={baa.id}>
            <Link prefetch={false} href={baaPath(start, { id: baa.id, vendorId })} className="link">
              {baa.reference}
            </Link>
            {": "}
            {t(`state.${baa.state}`)}
            {baa.state === "not_yet_effective" && (
              <>
                {" "}
                {t("from")} <DateText date={baa.effectiveOn} />
              </>
            )}
            {!baa.names && `, ${t("namesOther")}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
