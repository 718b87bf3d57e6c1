import Link from "next/link";
import { useTranslations } from "next-intl";
import type { MissingItem } from "#lib/domain/calendar/asked/schema.ts";

type MissingItemsProps = {
  items: readonly MissingItem[];
  /** How many items have no record, whether or not one could be made. */
  unrecorded: number;
  home: string;
};

/** What OCR would find no record on, with the page where the first is made. */
export function MissingItems({ items, unrecorded, home }: MissingItemsProps) {
  const t = useTranslations("calendar.missing");
  const sections = useTranslations("calendar.section");
  if (items.length === 0) return <p className="text-sm">{t("none", { none: unrecorded })}</p>;
  return (
    <>
      <h3 className="mb-1 font-medium text-sm">{t("title", { count: items.length })}</h3>
      <ul className="divide-y border-y text-sm">
        {items.map(({ item, title, citation, section, path }) => (
          <li key={item} className="py-2">
            <p>
              {t("item", { item })} {title}
            </p>
            <p className="text-muted text-xs">{citation}</p>
            <p>
              <Link prefetch={false} href={`${home}${path}`} className="link">
                {t("make", { section: sections(section) })}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
