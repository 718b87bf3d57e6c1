import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ImportKind, ImportShown } from "#lib/domain/tools/imports/schema.ts";

const OPENS = {
  tools: "tools",
  vendors: "vendors",
  baas: "vendors",
  people: "people",
} as const satisfies Record<ImportKind, string>;

type ImportResultProps = { of: ImportShown; home: string; timeZone: string };

/** What an import did, and by whom. */
export function ImportResult({ of, home, timeZone }: ImportResultProps) {
  const t = useTranslations("import");
  const { kind, file, counts, previewedBy, appliedBy, appliedAt } = of;
  return (
    <Section title={t("result.title")} id="result">
      <DescriptionList
        facts={[
          { term: t("plan.added"), description: counts.added },
          { term: t("plan.changed"), description: counts.changed },
          { term: t("plan.unchanged"), description: counts.unchanged },
          { term: t("result.appliedBy"), description: appliedBy },
          {
            term: t("result.appliedAt"),
            description: appliedAt === null ? null : <Moment at={appliedAt} timeZone={timeZone} />,
          },
          { term: t("result.previewedBy"), description: previewedBy },
          { term: t("plan.file"), description: <span className="break-all">{file.name}</span> },
          { term: t("plan.sha256"), description: <code className="break-all font-mono text-sm">{file.sha256}</code> },
        ]}
      />
      <div className="mt-4 flex flex-wrap gap-2 print:hidden">
        <LinkButton href={`${home}/${OPENS[kind]}`}>{t(`result.open.${kind}`)}</LinkButton>
        <LinkButton href={`${home}/ledger?kind=imports`}>{t("result.ledger")}</LinkButton>
      </div>
    </Section>
  );
}
