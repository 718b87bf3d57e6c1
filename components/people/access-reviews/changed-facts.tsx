import { useLocale, useTranslations } from "next-intl";
import type { ChangedFact } from "#lib/domain/clinic/access-reviews/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";

/** What is different today from what was frozen, in a sentence. */
export function ChangedFacts({ changed, titled }: { changed: readonly ChangedFact[]; titled?: boolean | undefined }) {
  const t = useTranslations("access-reviews");
  const locale = useLocale();
  const wordOf = ({ fact, now }: ChangedFact) => {
    if (fact === "role") return t("changed.role", { now: t(`role.${now}`) });
    if (fact === "workforceType") return t("changed.workforceType", { now: t(`type.${now}`) });
    if (now === "") return t(`changed.${fact}None`);
    return t(`changed.${fact}`, { now: fact === "endedOn" ? dateText(now, locale) : now });
  };
  return (
    <span className="wrap-anywhere">
      {titled && `${t("changed.title")} `}
      {changed.map(wordOf).join(" · ")}
    </span>
  );
}
