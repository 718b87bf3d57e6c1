import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Card } from "#components/ui/section.tsx";
import type { BaaShown } from "#lib/domain/vendors/baas/schema.ts";
import { LastDay, Surfaces } from "./agreement-facts.tsx";
import { AgreementWarnings } from "./agreement-warnings.tsx";
import { PaperList } from "./papers.tsx";
import { BaaBadge, RunsOut } from "./vendor-badges.tsx";

type AgreementListProps = {
  baas: readonly BaaShown[];
  termTitles: Readonly<Record<string, string>>;
  today: string;
  timeZone: string;
  /** The address of the vendor. */
  path: string;
  toolsPath: string;
  filesPath: string;
};

/** A vendor's agreements as they stand today, each with what is missing in it. */
export function AgreementList({ baas, ...facts }: AgreementListProps) {
  return (
    <ul className="space-y-4">
      {baas.map((baa) => (
        <li key={baa.id} className="break-inside-avoid">
          <Card>
            <Agreement {...facts} baa={baa} />
          </Card>
        </li>
      ))}
    </ul>
  );
}

type AgreementProps = Omit<AgreementListProps, "baas"> & { baa: BaaShown };

function Agreement({ baa, termTitles, today, timeZone, path, toolsPath, filesPath }: AgreementProps) {
  const t = useTranslations("vendors");
  const version = baa.versions.find((candidate) => candidate.number === baa.governing);
  const check = baa.checks.find((candidate) => candidate.version === baa.governing);
  if (version === undefined) return null;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold">
          <Link prefetch={false} href={`${path}/baas/${baa.id}`} className="link wrap-anywhere">
            {baa.reference}
          </Link>
        </h3>
        <BaaBadge state={baa.state} />
        <span className="text-muted text-sm">{t("agreement.versionsCount", { count: baa.versions.length })}</span>
      </div>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted">{t("agreement.effectiveOn")}</dt>
        <dd>
          <DateText date={version.effectiveOn} />
        </dd>
        <dt className="text-muted">{baa.until === null ? t("agreement.expiresOn") : t("agreement.runsOut")}</dt>
        <dd>{baa.until === null ? <LastDay on={version.expiresOn} /> : <RunsOut on={baa.until} today={today} />}</dd>
        <dt className="text-muted">{t("agreement.surfaces")}</dt>
        <dd>
          <Surfaces tools={version.surfaces} path={toolsPath} />
        </dd>
        {check !== undefined && (
          <>
            <dt className="text-muted">{t("check.resultTitle")}</dt>
            <dd>
              {t("check.counts", {
                met: check.counts.met,
                notMet: check.counts.not_met,
                notApplicable: check.counts.not_applicable,
              })}
            </dd>
          </>
        )}
      </dl>
      <AgreementWarnings baa={baa} termTitles={termTitles} />
      {version.documents.length > 0 && (
        <PaperList documents={version.documents} timeZone={timeZone} filesPath={filesPath} />
      )}
    </div>
  );
}
