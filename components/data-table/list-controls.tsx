import { ChevronDown, Search, X } from "lucide-react";
import NextForm from "next/form";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { cn } from "#lib/kernel/cn.ts";
import { ActiveFilters } from "./active-filters.tsx";
import { KeptInForm } from "./kept-in-form.tsx";
import { type ListAddress, type ListFilter, listHref, toggleFilter } from "./list-state.ts";
import { type SortChoice, SortSelect } from "./sort-select.tsx";

type ListControlsProps = {
  list: ListAddress;
  searchLabel?: string | undefined;
  filters: readonly ListFilter[];
  sortable: readonly SortChoice[];
};

// More choices than this would push the list itself off the screen.
const openChoices = 6;

/** Search, filters and, on a phone, the order: forms and links that work before any script has loaded. */
export function ListControls({ list, searchLabel, filters, sortable }: ListControlsProps) {
  const t = useTranslations("list");
  return (
    <div className="mb-4 space-y-2.5">
      {(searchLabel || sortable.length > 0) && (
        <NextForm
          prefetch={false}
          action={list.path}
          className={cn("flex flex-wrap items-end gap-2 print:hidden", !searchLabel && "sm:hidden")}
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
          <KeptInForm list={list} but={["q", "sort"]} />
          <SortSelect state={list.state} columns={sortable} />
          <Button type="submit">
            <Search aria-hidden="true" />
            {searchLabel ? t("search") : t("show")}
          </Button>
        </NextForm>
      )}
      {filters.map((filter) => (
        <FilterChoices key={filter.name} filter={filter} list={list} />
      ))}
      <ActiveFilters list={list} filters={filters} />
    </div>
  );
}

type FilterChoicesProps = { filter: ListFilter; list: ListAddress };

function FilterChoices({ filter, list }: FilterChoicesProps) {
  const label = (
    <span id={`filter-${filter.name}`} className="text-muted text-sm">
      {filter.label}
    </span>
  );
  if (filter.options.length <= openChoices) {
    return (
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 print:hidden">
        {label}
        <Choices filter={filter} list={list} />
      </div>
    );
  }
  return (
    <details className="group print:hidden">
      <summary className="inline-flex min-h-7 list-none items-center gap-1 rounded-sm pointer-coarse:min-h-9 [&::-webkit-details-marker]:hidden">
        {label}
        <ChevronDown className="size-4 text-muted group-open:rotate-180" aria-hidden="true" />
      </summary>
      <div className="mt-1">
        <Choices filter={filter} list={list} />
      </div>
    </details>
  );
}

function Choices({ filter, list }: FilterChoicesProps) {
  const t = useTranslations("list");
  const inDigits = new Intl.NumberFormat(useLocale());
  const chosen = list.state.filters[filter.name] ?? [];
  return (
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
              {option.count !== undefined && <span className="text-muted">{inDigits.format(option.count)}</span>}
              {on && <X className="size-3.5" aria-hidden="true" />}
              {on && <span className="sr-only">{t("remove")}</span>}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
