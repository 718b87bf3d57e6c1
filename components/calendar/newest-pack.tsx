import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { DescriptionList, type Fact } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { EvidenceToday } from "#lib/domain/calendar/schema.ts";

type NewestPackProps = { evidence: EvidenceToday; evidenceHref: string; ledgerHref: string; timeZone: string };

/** What somebody from outside comes for: the pack, and what to hold it against. */
export function NewestPack({ evidence, evidenceHref, ledgerHref, timeZone }: NewestPackProps) {
  const t = useTranslations("calendar");
  const { lastPack, fingerprint } = evidence;
  const key: Fact = {
    term: t("audit.fingerprint"),
    description: (
      <>
        <code className="break-all font-mono text-xs">{fingerprint}</code>
        <p className="mt-1 text-muted">{t("audit.fingerprintHelp")}</p>
      </>
    ),
  };
  const facts: Fact[] =
    lastPack === null
      ? [key]
      : [
          { term: t("audit.file"), description: <span className="break-all">{lastPack.fileName}</span> },
          { term: t("evidence.asOf"), description: <Moment at={lastPack.asOf} timeZone={timeZone} /> },
          { term: t("evidence.finished"), description: <Moment at={lastPack.finishedAt} timeZone={timeZone} /> },
          {
            term: t("audit.checksum"),
            description: <code className="break-all font-mono text-xs">{lastPack.sha256}</code>,
          },
          key,
        ];
  return (
    <Section title={t("audit.title")} id="pack">
      {lastPack === null && <p className="mb-3 max-w-prose">{t("audit.none")}</p>}
      <DescriptionList facts={facts} />
      <p className="mt-4 text-sm">{t("evidence.items", evidence.items)}</p>
      <p className="mt-4 flex flex-wrap gap-2">
        <LinkButton variant="primary" href={evidenceHref}>
          {t("evidence.open")}
        </LinkButton>
        <LinkButton href={`${evidenceHref}#check`}>{t("audit.verify")}</LinkButton>
        <LinkButton href={ledgerHref}>{t("audit.trail")}</LinkButton>
      </p>
    </Section>
  );
}
