import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { DesignationShown, Office, OfficeWarning } from "#lib/domain/clinic/settings/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";

type OfficeViewProps = {
  office: Office;
  holder: DesignationShown | null;
  next: DesignationShown | null;
  warnings: readonly OfficeWarning[];
  /** The address of the people. */
  path: string;
};

/** Who holds an office today, and what is wrong with that. */
export function OfficeView({ office, holder, next, warnings, path }: OfficeViewProps) {
  const t = useTranslations("people.officers");
  const role = useTranslations("people.role");
  const locale = useLocale();
  return (
    <div className="space-y-3">
      {warnings.map((warning) => (
        <Callout
          key={warning}
          tone="caution"
          title={t(`warning.${warning}`, {
            name: holder?.name ?? "",
            office: t(`office.${office}`),
            role: holder === null ? "" : role(holder.role),
          })}
        />
      ))}
      {holder !== null && (
        <>
          <p>
            <Link prefetch={false} href={`${path}/${holder.memberId}`} className="link font-medium wrap-anywhere">
              {holder.name}
            </Link>
            <span className="text-muted text-sm">
              {" "}
              · {t("since")} <DateText date={holder.fromOn} />
              {holder.toOn !== null && (
                <>
                  {" "}
                  {t("until")} <DateText date={holder.toOn} />
                </>
              )}
            </span>
          </p>
          <p className="whitespace-pre-line text-sm wrap-anywhere">{holder.duties}</p>
        </>
      )}
      {next !== null && (
        <p className="text-sm">{t("next", { name: next.name, date: dateText(next.fromOn, locale) })}</p>
      )}
    </div>
  );
}

/** Everybody who ever held an office, the newest first. */
export function DesignationHistory({ designations }: { designations: readonly DesignationShown[] }) {
  const t = useTranslations("people.officers");
  return (
    <ol className="space-y-4">
      {designations.map(({ id, office, name, fromOn, toOn, madeBy, endReason }) => (
        <li key={id} className="break-inside-avoid border-l-2 pl-4 text-sm">
          <p className="font-medium wrap-anywhere">
            {t(`office.${office}`)}: {name}
          </p>
          <p className="text-muted">
            <DateText date={fromOn} /> – {toOn === null ? t("open") : <DateText date={toOn} />} ·{" "}
            {t("by", { name: madeBy })}
          </p>
          {endReason !== "" && <p className="whitespace-pre-line wrap-anywhere">{endReason}</p>}
        </li>
      ))}
    </ol>
  );
}
