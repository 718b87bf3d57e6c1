import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { PackRow } from "#lib/domain/evidence/schema.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { PackProgress } from "./pack-progress.tsx";
import { PackStatusBadge } from "./pack-status.tsx";

const shownAtOnce = 3;

type PackListProps = {
  packs: readonly PackRow[];
  slug: string;
  timeZone: string;
  /** The form that asks for the same pack once more, for who may. */
  again: ((pack: PackRow) => ReactNode) | undefined;
};

/** The packs, newest first: what each shows, who asked for it, and the way to it. */
export function PackList({ packs, slug, timeZone, again }: PackListProps) {
  const t = useTranslations("evidence");
  if (packs.length === 0) {
    return (
      <EmptyState title={t("packsEmpty")} why={t("packsEmptyWhy")}>
        {t("packsEmptyText")}
      </EmptyState>
    );
  }
  const pack = (row: PackRow) => (
    <li key={row.id} id={`pack-${row.id}`} className="scroll-mt-20 break-inside-avoid rounded-md border p-4">
      <Pack pack={row} slug={slug} timeZone={timeZone} again={again?.(row)} />
    </li>
  );
  const earlier = packs.slice(shownAtOnce);
  return (
    <div className="space-y-3">
      <ul className="space-y-3">{packs.slice(0, shownAtOnce).map(pack)}</ul>
      {earlier.length > 0 && (
        <details>
          <summary className="w-fit text-muted text-sm hover:text-ink">
            {t("earlier", { count: earlier.length })}
          </summary>
          <ul className="mt-3 space-y-3">{earlier.map(pack)}</ul>
        </details>
      )}
    </div>
  );
}

type PackProps = { pack: PackRow; slug: string; timeZone: string; again: ReactNode };

function Pack({ pack, slug, timeZone, again }: PackProps) {
  const t = useTranslations("evidence");
  const locale = useLocale();
  const moment = momentText(pack.asOf, locale, timeZone);
  const at = momentText(pack.requestedAt, locale, timeZone);
  const address = `/api/evidence/${slug}/${pack.id}`;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="font-semibold">{t("packOf", { moment })}</h3>
            <PackStatusBadge status={pack.status} />
          </div>
          <p className="text-muted text-sm">
            {pack.requestedByName === null
              ? t("askedByServer", { at })
              : t("askedBy", { name: pack.requestedByName, at })}
          </p>
        </div>
        {pack.status === "ready" && (
          // A form and not a link: nothing that only looks ahead may count as a download.
          <form method="post" action={`${address}/download`}>
            <Button type="submit" variant="primary">
              <Download aria-hidden="true" />
              {t("download")} <span className="sr-only">{t("downloadOf", { moment })}</span>
            </Button>
          </form>
        )}
      </div>
      {pack.status === "requested" && (
        <PackProgress statusPath={address} pagePath={`/c/${slug}/evidence`} initial={pack.progress} />
      )}
      {pack.status === "failed" && (
        <Callout tone="critical" actions={again}>
          {t("failedText")}
        </Callout>
      )}
      <PackFacts pack={pack} />
    </div>
  );
}

function PackFacts({ pack }: { pack: PackRow }) {
  const t = useTranslations("evidence");
  const locale = useLocale();
  const { periodFrom, periodTo, sizeBytes, sha256 } = pack;
  return (
    <div className="space-y-1 text-sm">
      <p>
        {t("entries", { size: pack.ledgerSize })},{" "}
        {periodFrom === null || periodTo === null
          ? t("periodAll")
          : t("periodRange", { from: dateText(periodFrom, locale), to: dateText(periodTo, locale) })}
        {sizeBytes !== null && (
          <>
            {" · "}
            <FileSize bytes={sizeBytes} />
          </>
        )}
      </p>
      {sha256 !== null && (
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{t("sha256")}</span>
          <code className="break-all font-mono text-xs">{sha256}</code>
          <CopyButton text={sha256} label={t("copy")} copiedLabel={t("copied")} />
        </p>
      )}
    </div>
  );
}

function FileSize({ bytes }: { bytes: number }) {
  const t = useTranslations("evidence");
  if (bytes < 1000) return t("bytes", { bytes });
  if (bytes < 1_000_000) return t("kilobytes", { size: Math.round(bytes / 1000) });
  return t("megabytes", { size: Math.round(bytes / 100_000) / 10 });
}
