import { useTranslations } from "next-intl";
import type { StandingWithReasons } from "#lib/domain/tools/schema.ts";
import { StandingBadge } from "./status-badge.tsx";

type StandingLineProps = {
  standing: StandingWithReasons;
  vendor: string;
  /** Companies of the path that nothing covers; where they are known they are named. */
  uncovered?: readonly string[] | undefined;
};

/** What staff may do with the tool today, and every reason for it. */
export function StandingLine({ standing, vendor, uncovered = [] }: StandingLineProps) {
  const t = useTranslations("tools");
  return (
    <div className="space-y-1.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-muted text-sm">{t("standingToday")}</span>
        <StandingBadge standing={standing.standing} />
      </p>
      <ul className="max-w-prose space-y-0.5 text-sm">
        {standing.reasons.map((reason) => (
          <li key={reason}>
            {t(`reason.${reason}`, { vendor, named: uncovered.length > 0 ? "yes" : "no", names: uncovered.join(", ") })}
          </li>
        ))}
      </ul>
    </div>
  );
}
