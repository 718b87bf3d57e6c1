import Link from "next/link";
import { useTranslations } from "next-intl";
import { Pagination } from "#components/ui/pagination.tsx";
import { cn } from "#lib/kernel/cn.ts";
import { type ListAddress, listHref, pageCount, pagesAround, standardSizes } from "./list-state.ts";

type ListFooterProps = { list: ListAddress; total: number };

/** The way to the other rows, and how many at a time. */
export function ListFooter({ list, total }: ListFooterProps) {
  const t = useTranslations("list");
  const { page, size } = list.state;
  const count = pageCount(total, size);
  const hrefOf = (target: number) => listHref(list.path, list, { page: target });
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm">
      {count > 1 && page <= count && (
        <Pagination
          label={t("pages")}
          pages={pagesAround(page, count).map((target) => ({
            page: target,
            href: hrefOf(target),
            label: t("page", { page: target }),
            current: target === page,
          }))}
          previous={page > 1 ? { href: hrefOf(page - 1), label: t("previous") } : undefined}
          next={page < count ? { href: hrefOf(page + 1), label: t("next") } : undefined}
        />
      )}
      <PageSizes list={list} total={total} />
    </div>
  );
}

function PageSizes({ list, total }: ListFooterProps) {
  const t = useTranslations("list");
  const sizes = list.shape.sizes ?? standardSizes;
  if (total <= Math.min(...sizes)) return null;
  return (
    <div className="flex items-center gap-1 print:hidden">
      <span id="list-sizes" className="text-muted">
        {t("perPage")}
      </span>
      <ul aria-labelledby="list-sizes" className="flex">
        {sizes.map((size) => (
          <li key={size}>
            <Link
              prefetch={false}
              href={listHref(list.path, list, { size })}
              aria-current={size === list.state.size ? "true" : undefined}
              className={cn(
                "flex min-h-7 min-w-7 items-center justify-center rounded-md px-1.5 pointer-coarse:min-h-9",
                size === list.state.size ? "font-semibold" : "text-muted underline underline-offset-2 hover:text-ink",
              )}
            >
              {size}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
