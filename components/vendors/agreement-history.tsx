import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateText, Moment } from "#components/layout/moments.tsx";
import type { BaaCheckShown, BaaShown, BaaTerminationShown, BaaVersionShown } from "#lib/domain/vendors/baas/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { LastDay } from "./agreement-facts.tsx";
import { RecordedLater } from "./recorded-later.tsx";

type AgreementHistoryProps = {
  baa: BaaShown;
  timeZone: string;
  /** Where a version is corrected; without it nobody is offered to. */
  correctHref?: ((number: number) => string) | undefined;
};

/** Versions, ends and checks of an agreement in the order in which they were recorded, newest first. */
export function AgreementHistory({ baa, timeZone, correctHref }: AgreementHistoryProps) {
  const entries = [
    ...baa.versions.map((version) => ({
      at: version.enteredAt,
      key: version.id,
      entry: (
        <VersionEntry
          version={version}
          governing={version.number === baa.governing ? baa.state : null}
          timeZone={timeZone}
          correctHref={version.correctedBy === null ? correctHref?.(version.number) : undefined}
        />
      ),
    })),
    ...baa.terminations.map((termination) => ({
      at: termination.enteredAt,
      key: termination.id,
      entry: <TerminationEntry termination={termination} timeZone={timeZone} />,
    })),
    ...baa.checks.map((check) => ({
      at: check.checkedAt,
      key: `check ${check.version} ${check.number}`,
      entry: <CheckEntry check={check} timeZone={timeZone} />,
    })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <ol className="space-y-6">
      {entries.map(({ key, entry }) => (
        <li key={key}>{entry}</li>
      ))}
    </ol>
  );
}

type EntryProps = {
  title: ReactNode;
  by: string;
  at: Date;
  recordedAt: Date;
  timeZone: string;
  children?: ReactNode;
};

/** One thing that was recorded: what, by whom, when. */
export function HistoryEntry({ title, by, at, recordedAt, timeZone, children }: EntryProps) {
  return (
    <article className="break-inside-avoid border-l-2 pl-4">
      <h3 className="font-medium text-sm">{title}</h3>
      <p className="mt-0.5 text-muted text-sm">
        {by} · <Moment at={at} timeZone={timeZone} />
      </p>
      <RecordedLater at={at} recordedAt={recordedAt} timeZone={timeZone} />
      {children}
    </article>
  );
}

type VersionEntryProps = {
  version: BaaVersionShown;
  /** The state of the agreement, where this is the version that counts for it. */
  governing: BaaShown["state"] | null;
  timeZone: string;
  correctHref: string | undefined;
};

function VersionEntry({ version, governing, timeZone, correctHref }: VersionEntryProps) {
  const t = useTranslations("vendors");
  const { number, kind, corrects, correctedBy, enteredBy, enteredAt, recordedAt } = version;
  return (
    <HistoryEntry
      title={
        <>
          {t("agreement.version", { number })} · {t(`kind.${kind}`)}
          {governing !== null && (
            <span className="font-normal text-muted text-xs">
              {" "}
              {governing === "not_yet_effective" ? t("agreement.willGovern") : t("agreement.governs")}
            </span>
          )}
        </>
      }
      {...{ by: enteredBy, at: enteredAt, recordedAt, timeZone }}
    >
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-sm">
        <dt className="text-muted">{t("agreement.effectiveOn")}</dt>
        <dd>
          <DateText date={version.effectiveOn} />
        </dd>
        <dt className="text-muted">{t("agreement.expiresOn")}</dt>
        <dd>
          <LastDay on={version.expiresOn} />
        </dd>
        <dt className="text-muted">{t("agreement.signature")}</dt>
        <dd>{t(`signature.${version.signature}`)}</dd>
        <dt className="text-muted">{t("agreement.surfaces")}</dt>
        <dd className="wrap-anywhere">
          {version.surfaces.map((tool) => `${tool.product}, ${tool.surface}`).join(" · ") || t("agreement.noSurfaces")}
        </dd>
      </dl>
      {corrects !== null && <p className="mt-1 text-sm">{t("agreement.corrects", { number: corrects })}</p>}
      {version.note && <p className="mt-2 whitespace-pre-line text-sm wrap-anywhere">{version.note}</p>}
      {correctedBy !== null && (
        <p className="mt-1 text-caution text-sm">{t("agreement.correctedBy", { number: correctedBy })}</p>
      )}
      {correctHref !== undefined && (
        <p className="mt-1 text-sm print:hidden">
          <Link prefetch={false} href={correctHref} className="link">
            {t("version.correct")}
            <span className="sr-only">: {t("agreement.version", { number })}</span>
          </Link>
        </p>
      )}
    </HistoryEntry>
  );
}

function TerminationEntry({ termination, timeZone }: { termination: BaaTerminationShown; timeZone: string }) {
  const t = useTranslations("vendors");
  const { enteredBy, enteredAt, recordedAt, lastDay, reason, withdrawn } = termination;
  return (
    <HistoryEntry
      title={t("termination.ends", { date: dateText(lastDay, useLocale()) })}
      {...{ by: enteredBy, at: enteredAt, recordedAt, timeZone }}
    >
      <p className="mt-2 whitespace-pre-line text-sm wrap-anywhere">{reason}</p>
      {withdrawn !== null && (
        <div className="mt-2 text-sm">
          <p className="text-caution">
            {t("history.endTakenBack")} · {withdrawn.by} · <Moment at={withdrawn.at} timeZone={timeZone} />
          </p>
          <p className="whitespace-pre-line wrap-anywhere">{withdrawn.reason}</p>
        </div>
      )}
    </HistoryEntry>
  );
}

function CheckEntry({ check, timeZone }: { check: BaaCheckShown; timeZone: string }) {
  const t = useTranslations("vendors");
  const { version, counts, checkedBy, checkedAt, recordedAt } = check;
  return (
    <HistoryEntry
      title={t("history.checked", { number: version })}
      {...{ by: checkedBy, at: checkedAt, recordedAt, timeZone }}
    >
      <p className="mt-1 text-sm">
        {t("check.counts", { met: counts.met, notMet: counts.not_met, notApplicable: counts.not_applicable })}
      </p>
    </HistoryEntry>
  );
}
