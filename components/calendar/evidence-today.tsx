import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { EvidenceToday as Evidence } from "#lib/domain/calendar/schema.ts";

type EvidenceTodayProps = { evidence: Evidence; evidenceHref: string; timeZone: string };

/** How far the records would carry if OCR wrote today, and the pack that was made last. */
export function EvidenceToday({ evidence, evidenceHref, timeZone }: EvidenceTodayProps) {
  const t = useTranslations("calendar.evidence");
  const { items, lastPack } = evidence;
  return (
    <Section title={t("title")} id="evidence" boxed>
      <p className="text-sm">{t("items", items)}</p>
      <h3 className="mt-4 mb-1 font-medium text-sm">{t("lastPack")}</h3>
      {lastPack === null ? (
        <p className="text-muted text-sm">{t("none")}</p>
      ) : (
        <DescriptionList
          facts={[
            { term: t("asOf"), description: <Moment at={lastPack.asOf} timeZone={timeZone} /> },
            { term: t("finished"), description: <Moment at={lastPack.finishedAt} timeZone={timeZone} /> },
          ]}
        />
      )}
      <p className="mt-4">
        <LinkButton size="small" href={evidenceHref}>
          {t("open")}
        </LinkButton>
      </p>
    </Section>
  );
}
