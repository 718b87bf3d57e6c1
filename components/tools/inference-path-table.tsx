import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { HopShown } from "#lib/domain/vendors/paths/schema.ts";
import { KeptFile } from "./kept-file.tsx";
import { RunningOut } from "./running-out.tsx";

type PathTableProps = {
  hops: readonly HopShown[];
  today: string;
  /** The clinic's own address, `/c/<slug>`. */
  start: string;
  filesPath: string;
};

/** The same as the drawing, with the evidence behind it. */
export function InferencePathTable({ hops, today, start, filesPath }: PathTableProps) {
  const t = useTranslations("paths");
  return (
    <Table caption={t("table.caption")} hideCaption>
      <thead>
        <tr>
          <Th numeric>{t("table.number")}</Th>
          <Th>{t("table.processor")}</Th>
          <Th>{t("table.coverage")}</Th>
          <Th>{t("table.evidence")}</Th>
        </tr>
      </thead>
      <tbody>
        {hops.map((hop) => (
          <tr key={hop.position}>
            <Td numeric>{hop.position}</Td>
            <Th scope="row" className="min-w-32 align-top font-normal">
              <span className="block font-medium wrap-anywhere">{hop.processor}</span>
              <span className="block text-muted">{t(`role.${hop.role}`)}</span>
              <span className="block text-muted wrap-anywhere">{hop.place || t("placeUnknown")}</span>
            </Th>
            <Td className="min-w-40">
              <Badge plain tone={hop.covered ? "positive" : "critical"} shape={hop.covered ? "dot" : "cross"}>
                {hop.covered ? t("covered") : t("uncovered")}
              </Badge>
              <span className="block">{t(`state.${hop.state}`)}</span>
              {hop.baa !== null && (
                <Link prefetch={false} href={baaPath(start, hop.baa)} className="link wrap-anywhere">
                  {hop.baa.vendor}: {hop.baa.reference}
                </Link>
              )}
              {hop.until !== null && (
                <span className="block">
                  <RunningOut on={hop.until} today={today} />
                </span>
              )}
            </Td>
            <Td className="min-w-40">
              {hop.shownOn !== null && (
                <span className="block">
                  {t("table.shown")} <DateText date={hop.shownOn} />
                  {hop.shownUntil !== null && (
                    <>
                      , {t("table.shownUntil")} <DateText date={hop.shownUntil} />
                    </>
                  )}
                </span>
              )}
              {hop.evidence !== "" && <span className="block whitespace-pre-line wrap-anywhere">{hop.evidence}</span>}
              {hop.file !== null && <KeptFile file={hop.file} filesPath={filesPath} hashLabel={t("hash")} />}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export function baaPath(start: string, baa: { readonly id: string; readonly vendorId: string }): string {
  return `${start}/vendors/${baa.vendorId}/baas/${baa.id}`;
}
