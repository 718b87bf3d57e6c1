import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import type { BaaShown } from "#lib/domain/vendors/baas/schema.ts";

type AgreementWarningsProps = { baa: BaaShown; termTitles: Readonly<Record<string, string>> };

/** What an auditor would ask about an agreement first. */
export function AgreementWarnings({ baa, termTitles }: AgreementWarningsProps) {
  const t = useTranslations("vendors.warn");
  const version = baa.versions.find((candidate) => candidate.number === baa.governing);
  if (version === undefined || baa.state === "terminated") return null;
  const { number } = version;
  const check = baa.checks.find((candidate) => candidate.version === number);
  const unsigned = baa.versions.filter(
    (other) => other.signature !== "both" && other.correctedBy === null && other.number !== number,
  );
  const warnings = [
    ...(version.signature === "both" ? [] : [t("notSigned")]),
    ...unsigned.map((other) => t("unsignedVersion", { number: other.number })),
    ...(version.surfaces.length === 0 ? [t("namesNoTool")] : []),
    ...(version.documents.length === 0 ? [t("noPaper", { number })] : []),
    ...(check === undefined ? [t("neverChecked", { number })] : []),
  ];
  const notMet = check?.requiredNotMet ?? [];
  if (warnings.length === 0 && notMet.length === 0) return null;
  return (
    <Callout tone="caution">
      <ul className="space-y-1">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
        {notMet.length > 0 && (
          <li>
            {t("notMet", { count: notMet.length })}
            <ul className="list-disc pl-5">
              {notMet.map((key) => (
                <li key={key}>{termTitles[key] ?? key}</li>
              ))}
            </ul>
          </li>
        )}
      </ul>
    </Callout>
  );
}
