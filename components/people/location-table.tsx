import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import type { LocationShown } from "#lib/domain/clinic/settings/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";

type LocationTableProps = {
  locations: readonly LocationShown[];
  timeZone: string;
  /** Where a place is changed; without it nobody is offered to. */
  changeHref: ((id: string) => string) | null;
};

/** The clinic's places, the open ones first. */
export function LocationTable({ locations, timeZone, changeHref }: LocationTableProps) {
  const t = useTranslations("people.locations");
  return (
    <ul className="divide-y border-y">
      {locations.map(({ id, name, address, people, closedAt }) => (
        <li key={id} className="py-3">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium wrap-anywhere">
              {changeHref === null || closedAt !== null ? (
                name
              ) : (
                <Link prefetch={false} href={changeHref(id)} className="link">
                  {name}
                </Link>
              )}
            </span>
            <span className="text-muted text-sm">
              {closedAt === null ? (
                t("people", { count: people })
              ) : (
                <>
                  {t("closed")} <DateText date={calendarDateIn(timeZone, closedAt)} />
                </>
              )}
            </span>
          </div>
          {address !== "" && <p className="whitespace-pre-line text-sm wrap-anywhere">{address}</p>}
        </li>
      ))}
    </ul>
  );
}
