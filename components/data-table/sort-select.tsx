import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select.tsx";
import { formatSort, type ListState } from "./list-state.ts";

export type SortChoice = { readonly id: string; readonly label: string };

type SortSelectProps = { state: ListState; columns: readonly SortChoice[] };

/** The order, chosen where the column headings are hidden; elsewhere it only carries the order through a search. */
export function SortSelect({ state, columns }: SortSelectProps) {
  const t = useTranslations("list");
  if (columns.length === 0) return null;
  return (
    <div className="min-w-0 flex-1 sm:hidden">
      <SelectField
        name="sort"
        scope="list"
        label={t("sort")}
        hideLabel
        defaultValue={state.sort && formatSort(state.sort)}
        options={columns.flatMap(({ id, label }) => [
          { value: id, label: t("ascending", { column: label }) },
          { value: `-${id}`, label: t("descending", { column: label }) },
        ])}
      />
    </div>
  );
}
