import Link from "next/link";
import { useTranslations } from "next-intl";
import { Deadline, Moment } from "#components/layout/moments.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { REVERIFY_SOON_DAYS, type WorksheetListed } from "#lib/domain/vendors/worksheet/schema.ts";
import { WorksheetBadge } from "./worksheet-badges.tsx";

type WorksheetListProps = {
  worksheets: readonly WorksheetListed[];
  today: string;
  timeZone: string;
  /** The page that they stand under. */
  href: string;
};

/** The worksheets of one tool, newest first. */
export function WorksheetList({ worksheets, today, timeZone, href }: WorksheetListProps) {
  const t = useTranslations("due-diligence");
  const newest = worksheets.find(({ status }) => status === "complete");
  return (
    <Table caption={t("list.caption")} hideCaption>
      <thead>
        <tr>
          <Th>{t("list.number")}</Th>
          <Th>{t("list.status")}</Th>
          <Th>{t("list.started")}</Th>
          <Th>{t("list.completed")}</Th>
          <Th>{t("list.reverify")}</Th>
        </tr>
      </thead>
      <tbody>
        {worksheets.map((worksheet) => (
          <tr key={worksheet.id}>
            <Th scope="row" className="font-medium">
              <Link prefetch={false} href={`${href}/${worksheet.id}`} className="link">
                {t("number", { number: worksheet.number })}
              </Link>
            </Th>
            <Td>
              <WorksheetBadge status={worksheet.status} plain />
            </Td>
            <Td>
              {worksheet.startedBy}, <Moment at={worksheet.startedAt} timeZone={timeZone} day />
            </Td>
            <Td>
              {worksheet.completedAt !== null && (
                <>
                  {worksheet.completedBy}, <Moment at={worksheet.completedAt} timeZone={timeZone} day />
                </>
              )}
            </Td>
            {/* Only the newest is to be done again; those before it have been. */}
            <Td>
              {worksheet === newest && worksheet.reverifyOn !== null && (
                <Deadline on={worksheet.reverifyOn} today={today} soonDays={REVERIFY_SOON_DAYS} />
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
