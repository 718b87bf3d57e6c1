import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { STANDINGS } from "#lib/domain/tools/schema.ts";
import { standingLook } from "./status-badge.tsx";

/** The four answers there are. */
export function StandingLegend() {
  const t = useTranslations("look-up");
  return (
    <section aria-labelledby="answers">
      <h2 id="answers" className="font-medium text-sm">
        {t("answers")}
      </h2>
      <dl className="mt-1.5 space-y-2 text-sm">
        {STANDINGS.map((standing) => (
          <div key={standing}>
            <dt>
              <Badge {...standingLook[standing]} plain>
                {t(`legend.${standing}`)}
              </Badge>
            </dt>
            <dd className="pl-5 text-muted">{t(`legendHelp.${standing}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
