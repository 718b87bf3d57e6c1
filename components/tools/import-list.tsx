import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { ImportShown } from "#lib/domain/tools/imports/schema.ts";

type ImportsSoFarProps = { imports: readonly ImportShown[]; home: string; timeZone: string };

/** The newest imports, and what became of each. */
export function ImportsSoFar({ imports, home, timeZone }: ImportsSoFarProps) {
  const t = useTranslations("import");
  return (
    <Section title={t("recent.title")} id="recent">
      {imports.length === 0 ? (
        <EmptyState title={t("recent.none")} />
      ) : (
        <Table caption={t("recent.caption")} hideCaption>
          <thead>
            <tr>
              <Th>{t("recent.file")}</Th>
              <Th>{t("recent.state")}</Th>
              <Th>{t("recent.kind")}</Th>
              <Th>{t("recent.when")}</Th>
              <Th>{t("recent.by")}</Th>
            </tr>
          </thead>
          <tbody>
            {imports.map(({ id, file, kind, status, previewedAt, previewedBy, counts }) => (
              <tr key={id}>
                <Th scope="row" className="wrap-anywhere min-w-32">
                  <Link prefetch={false} className="link" href={`${home}/import/${id}`}>
                    {file.name}
                  </Link>
                </Th>
                <Td>{status === "applied" ? t("recent.applied", { ...counts }) : t("recent.waiting")}</Td>
                <Td>{t(`kind.${kind}`)}</Td>
                <Td>
                  <Moment at={previewedAt} timeZone={timeZone} />
                </Td>
                <Td>{previewedBy}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
