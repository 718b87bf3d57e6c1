import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText, Moment } from "#components/layout/moments.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { VersionRow } from "#lib/domain/policies/schema.ts";

type VersionListProps = {
  versions: readonly VersionRow[];
  /** The address of the policy; versions stand below it. */
  path: string;
  timeZone: string;
  /** The version that the page shows. */
  shown: number;
  /** Whether the reader is one of those who sign. */
  signs: boolean;
};

/** Every version that was issued, newest first, with what the reader signed and, for officers, how many did. */
export function VersionList({ versions, path, timeZone, shown, signs }: VersionListProps) {
  const t = useTranslations("policies");
  const forOfficers = versions.some((version) => version.officers !== null);
  return (
    <Table caption={t("versions.table")} hideCaption>
      <thead>
        <tr>
          <Th>{t("column.version")}</Th>
          <Th>{t("column.inForceFrom")}</Th>
          {signs && <Th>{t("column.yours")}</Th>}
          {forOfficers && <Th>{t("column.issuedBy")}</Th>}
          {forOfficers && <Th>{t("column.why")}</Th>}
          {forOfficers && <Th>{t("column.signatures")}</Th>}
        </tr>
      </thead>
      <tbody>
        {versions.map((version, index) => (
          <tr key={version.number}>
            <Th scope="row" className="font-medium">
              <VersionLink number={version.number} path={path} open={version.number === shown} />
              {index === 0 && <span className="block font-normal text-muted text-xs">{t("versions.current")}</span>}
            </Th>
            <Td>
              <DateText date={version.effectiveOn} />
            </Td>
            {signs && (
              <Td>
                {version.signedAt === null ? (
                  <span className="text-muted">{t("versions.notSigned")}</span>
                ) : (
                  <Moment at={version.signedAt} timeZone={timeZone} day />
                )}
              </Td>
            )}
            {forOfficers && (
              <Td>
                {version.issuedBy}
                <span className="block text-muted">
                  <Moment at={version.issuedAt} timeZone={timeZone} day />
                </span>
              </Td>
            )}
            {version.officers !== null && <Td className="whitespace-pre-line">{version.officers.reason}</Td>}
            {version.officers !== null && (
              <Td>
                <Link
                  prefetch={false}
                  href={`${path}/versions/${version.number}/signatures`}
                  className="link inline-block pointer-coarse:py-2"
                >
                  {t("versions.signatures", { count: version.officers.signatures })}
                </Link>
              </Td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function VersionLink({ number, path, open }: { number: number; path: string; open: boolean }) {
  const t = useTranslations("policies.versions");
  if (open) return t("number", { number });
  return (
    <Link prefetch={false} href={`${path}/versions/${number}`} className="link inline-block pointer-coarse:py-2">
      {t("number", { number })}
    </Link>
  );
}
