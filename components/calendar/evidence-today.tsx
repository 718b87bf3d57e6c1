import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "#components/layout/moments.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { EvidenceToday as Evidence } from "#lib/domain/calendar/schema.ts";
import { MissingItems } from "./missing-items.tsx";

type EvidenceTodayProps = { evidence: Evidence; home: string; timeZone: string };

/** How far the records would carry if OCR wrote today, and the pack that was made last. */
export function EvidenceToday({ evidence, home, timeZone }: EvidenceTodayProps) {
  const t = useTranslations("calendar.evidence");
  const { items, lastPack } = evidence;
  return (
    <Section title={t("title")} id="evidence" boxed>
      <p className="mb-4 text-sm">{t("items", items)}</p>
      <MissingItems items={evidence.missing} unrecorded={items.none} home={home} />
      <h3 className="mt-4 mb-1 font-medium text-sm">{t("lastPack")}</h3>
      {lastPack === null ? (
        <p className="text-muted text-sm">{t("none")}</p>
      ) : (
        <dl className="space-y-1 text-sm">
          <Fact term={t("asOf")}>
            <Moment at={lastPack.asOf} timeZone={timeZone} />
          </Fact>
          <Fact term={t("finished")}>
            <Moment at={lastPack.finishedAt} timeZone={timeZone} />
          </Fact>
        </dl>
      )}
      <p className="mt-4 flex flex-wrap gap-2">
        <LinkButton size="small" href={`${home}/evidence`}>
          {t("open")}
        </LinkButton>
        <LinkButton size="small" href={`${home}/evidence#request`}>
          {t("make")}
        </LinkButton>
      </p>
    </Section>
  );
}

// A description list is made for the width of a page; this box is a column.
function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-3">
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
