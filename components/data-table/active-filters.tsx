import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { isNarrowed, type ListAddress, type ListFilter, listHref, toggleFilter } from "./list-state.ts";

type ActiveFiltersProps = { list: ListAddress; filters: readonly ListFilter[] };

/** What narrows the list, each with the way out of it; on paper it says which rows these are. */
export function ActiveFilters({ list, filters }: ActiveFiltersProps) {
  const t = useTranslations("list");
  const { state } = list;
  if (!isNarrowed(state)) return null;
  const chosen = filters.flatMap(({ name, label, options }) =>
    options
      .filter((option) => state.filters[name]?.includes(option.value))
      .map((option) => ({
        key: `${name}=${option.value}`,
        text: t("filtered", { filter: label, value: option.label }),
        href: listHref(list.path, list, { filters: toggleFilter(state, name, option.value) }),
      })),
  );
  const searched = { key: "q", text: t("searched", { q: state.q }), href: listHref(list.path, list, { q: "" }) };
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm">
      <span id="active-filters" className="text-muted">
        {t("active")}
      </span>
      <ul aria-labelledby="active-filters" className="flex min-w-0 flex-wrap gap-1.5">
        {[...(state.q ? [searched] : []), ...chosen].map(({ key, text, href }) => (
          <li key={key} className="min-w-0">
            <Link
              prefetch={false}
              scroll={false}
              href={href}
              className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-sm bg-sunken px-2 wrap-anywhere hover:bg-hover pointer-coarse:min-h-9 print:px-0"
            >
              {text}
              <X className="size-3.5 shrink-0 print:hidden" aria-hidden="true" />
              <span className="sr-only">{t("remove")}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Link
        prefetch={false}
        scroll={false}
        className="link print:hidden"
        href={listHref(list.path, list, { q: "", filters: {} })}
      >
        {t("clear")}
      </Link>
    </div>
  );
}
