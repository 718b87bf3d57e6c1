import { useLocale, useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { DescriptionList, type Fact } from "#components/ui/description-list.tsx";
import type { ToolFacts as Facts } from "#lib/domain/tools/schema.ts";
import { Category, ModelFamily } from "./tool-words.tsx";

export type DescribedTool = {
  readonly vendor: string;
  readonly modelFamily: string;
  readonly category: string;
  readonly hostnames: ReadonlyArray<{ readonly name: string; readonly verified: boolean }>;
  readonly facts: Facts;
};

/** What is known of a tool, from whom and as of when. An unknown says so. */
export function ToolFacts({ tool }: { tool: DescribedTool }) {
  const t = useTranslations("tools.facts");
  const locale = useLocale();
  const { facts } = tool;
  const unknown = <span className="text-muted">{t("unknown")}</span>;
  const why = locale === "es" ? facts.why.es : facts.why.en;
  const list: Fact[] = [
    { term: t("why"), description: why || unknown },
    { term: t("vendor"), description: tool.vendor },
    { term: t("jurisdiction"), description: facts.jurisdiction || unknown },
    { term: t("modelFamily"), description: <ModelFamily name={tool.modelFamily} /> },
    { term: t("category"), description: <Category name={tool.category} /> },
    { term: t("baa"), description: t(`baaAnswer.${facts.baa}`) },
    { term: t("training"), description: t(`trainingAnswer.${facts.trainsOnInputs}`) },
    { term: t("residency"), description: facts.dataResidency || unknown },
    { term: t("retention"), description: facts.retention || unknown },
    { term: t("hostnames"), description: <Hostnames names={tool.hostnames} /> },
    ...(facts.notes ? [{ term: t("notes"), description: facts.notes }] : []),
    { term: t("sources"), description: <Sources sources={facts.sources} /> },
    { term: t("asOf"), description: facts.asOf === null ? unknown : <DateText date={facts.asOf} /> },
    { term: t("confidence"), description: facts.confidence === null ? unknown : t(`confidenceOf.${facts.confidence}`) },
  ];
  return <DescriptionList facts={list} />;
}

export function Hostnames({ names }: { names: DescribedTool["hostnames"] }) {
  const t = useTranslations("tools.facts");
  if (names.length === 0) return <span className="text-muted">{t("noHostnames")}</span>;
  return (
    <ul className="space-y-0.5">
      {names.map(({ name, verified }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-2">
          <code className="break-all font-mono text-xs">{name}</code>
          {!verified && (
            <Badge plain tone="caution" shape="question">
              {t("unverified")}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}

export function Sources({ sources }: { sources: Facts["sources"] }) {
  const t = useTranslations("tools.facts");
  if (sources.length === 0) return <span className="text-muted">{t("noSources")}</span>;
  return (
    <ul className="space-y-1">
      {sources.map((source) => (
        <li key={`${source.title} ${source.url ?? ""}`}>
          {source.url === undefined ? (
            source.title
          ) : (
            <a className="link" href={source.url} rel="noreferrer" target="_blank">
              {source.title}
              <span className="sr-only"> {t("newWindow")}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
