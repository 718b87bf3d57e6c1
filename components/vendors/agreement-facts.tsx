import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { DescriptionList, type Fact } from "#components/ui/description-list.tsx";
import type { BaaShown, BaaVersionShown } from "#lib/domain/vendors/baas/schema.ts";
import type { ToolNamed } from "#lib/domain/vendors/schema.ts";
import { RunsOut } from "./vendor-badges.tsx";

type AgreementFactsProps = {
  baa: BaaShown;
  /** The version that governs. */
  version: BaaVersionShown;
  today: string;
  /** The address of the register. */
  toolsPath: string;
};

/** What an agreement says today. */
export function AgreementFacts({ baa, version, today, toolsPath }: AgreementFactsProps) {
  const t = useTranslations("vendors");
  const facts: Fact[] = [
    { term: t("agreement.ourParty"), description: version.ourParty },
    { term: t("agreement.theirParty"), description: version.theirParty },
    { term: t("agreement.agreedOn"), description: <DateText date={version.agreedOn} /> },
    { term: t("agreement.effectiveOn"), description: <DateText date={version.effectiveOn} /> },
    { term: t("agreement.expiresOn"), description: <LastDay on={version.expiresOn} /> },
    ...(baa.state === "in_force"
      ? [
          {
            term: t("agreement.runsOut"),
            description: baa.until === null ? t("agreement.noEnd") : <RunsOut on={baa.until} today={today} />,
          },
        ]
      : []),
    { term: t("agreement.noticeDays"), description: <Notice days={version.noticeDays} /> },
    { term: t("agreement.signature"), description: t(`signature.${version.signature}`) },
    { term: t("agreement.services"), description: <Services names={version.services} /> },
    { term: t("agreement.surfaces"), description: <Surfaces tools={version.surfaces} path={toolsPath} /> },
    ...(version.note
      ? [{ term: t("agreement.note"), description: <span className="whitespace-pre-line">{version.note}</span> }]
      : []),
  ];
  return <DescriptionList facts={facts} />;
}

export function LastDay({ on }: { on: string | null }) {
  const t = useTranslations("vendors.agreement");
  return on === null ? t("evergreen") : <DateText date={on} />;
}

function Notice({ days }: { days: number | null }) {
  const t = useTranslations("vendors.agreement");
  return days === null ? <span className="text-muted">{t("noNotice")}</span> : t("days", { days });
}

function Services({ names }: { names: readonly string[] }) {
  const t = useTranslations("vendors.agreement");
  if (names.length === 0) return <span className="text-muted">{t("noServices")}</span>;
  return (
    <ul className="space-y-0.5">
      {names.map((name) => (
        <li key={name} className="wrap-anywhere">
          {name}
        </li>
      ))}
    </ul>
  );
}

/** The plans that a version names. */
export function Surfaces({ tools, path }: { tools: readonly ToolNamed[]; path: string }) {
  const t = useTranslations("vendors.agreement");
  if (tools.length === 0) return <span className="text-muted">{t("noSurfaces")}</span>;
  return (
    <ul className="space-y-0.5">
      {tools.map((tool) => (
        <li key={tool.id}>
          <Link prefetch={false} href={`${path}/${tool.id}`} className="link wrap-anywhere">
            {tool.product}, {tool.surface}
          </Link>
        </li>
      ))}
    </ul>
  );
}
