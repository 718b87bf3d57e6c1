import { Search, X } from "lucide-react";
import NextForm from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { cn } from "#lib/kernel/cn.ts";
import type { Column } from "./columns.ts";
import { isNarrowed, type ListShape, type ListState, listHref, toggleFilter } from "./list-state.ts";
import { SortSelect } from "./sort-select.tsx";

export type ListFilter = {
  name: string;
  label: string;
  options: readonly { value: string; label: string; count?: number | undefined }[];
};

export type ListAddress = { path: string; state: ListState; shape: ListShape };

type ListControlsProps = {
  list: ListAddress;
  searchLabel?: string | undefined;
  filters: readonly ListFilter[];
  sortable: readonly Pick<Column<unknown>, "id" | "header">[];
};

/** Search, filters and, on a phone, the order: forms and links that work before any script has loaded. */
export function ListControls({ list, searchLabel, filters, sortable }: ListControlsProps) {
  const t = useTranslations("list");
  return (
    <div className="mb-4 space-y-2.5 print:hidden">
      {(searchLabel || sortable.length > 0) && (
        <NextForm
          prefetch={false}
          action={list.path}
          className={cn("flex flex-wrap items-end gap-2", !searchLabel && "sm:hidden")}
        >
          {searchLabel && (
            <div className="w-full sm:w-96">
              <TextField
                key={list.state.q}
                name="q"
                scope="list"
                type="search"
                label={searchLabel}
                placeholder={searchLabel}
                hideLabel
                maxLength={200}
                defaultValue={list.state.q}
              />
            </div>
          )}
          <KeptByTheForm list={list} />
          <SortSelect state={list.state} columns={sortable} />
          <Button type="submit">
            <Search aria-hidden="true" />
            {searchLabel ? t("search") : t("show")}
          </Button>
        </NextForm>
      )}
      {filters.map((filter) => (
        <FilterChips key={filter.name} filter={filter} list={list} />
      ))}
      {isNarrowed(list.state) && (
        <p>
          <Link
            prefetch={false}
            className="link text-sm"
            href={listHref(list.path, list, { q: "", filters: {} })}
            scroll={false}
          >
            {t("clear")}
          </Link>
        </p>
      )}
    </div>
  );
}

/** What a search leaves as it is. The page is not among it. */
function KeptByTheForm({ list }: { list: ListAddress }) {
  const { filters, size } = list.state;
  const kept = Object.entries(filters).flatMap(([name, values]) => values.map((value) => ({ name, value })));
  return (
    <>
      {kept.map(({ name, value }) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="size" value={size} />
    </>
  );
}

function FilterChips({ filter, list }: { filter: ListFilter; list: ListAddress }) {
  const t = useTranslations("list");
  const chosen = list.state.filters[filter.name] ?? [];
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <span id={`filter-${filter.name}`} className="text-muted text-sm">
        {filter.label}
      </span>
      <ul aria-labelledby={`filter-${filter.name}`} className="flex flex-wrap gap-1.5">
        {filter.options.map((option) => {
          const on = chosen.includes(option.value);
          return (
            <li key={option.value}>
              <Link
                prefetch={false}
                scroll={false}
                href={listHref(list.path, list, { filters: toggleFilter(list.state, filter.name, option.value) })}
                aria-current={on ? "true" : undefined}
                className={cn(
                  "inline-flex min-h-7 items-center gap-1 rounded-full border px-2.5 text-sm pointer-coarse:min-h-9",
                  on ? "border-accent bg-accent-soft font-medium text-accent" : "border-line-strong/50 hover:bg-hover",
                )}
              >
                {option.label}
                {option.count !== undefined && <span className="text-muted">{option.count}</span>}
                {on && <X className="size-3.5" aria-hidden="true" />}
                {on && <span className="sr-only">{t("remove")}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
