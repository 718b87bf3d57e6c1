import { useTranslations } from "next-intl";
import { SelectField } from "#components/ui/select.tsx";
import type { Column } from "./columns.ts";
import { formatSort, type ListState } from "./list-state.ts";

type SortSelectProps = {
  state: ListState;
  columns: readonly Pick<Column<unknown>, "id" | "header">[];
};

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
        options={columns.flatMap((column) => [
          { value: column.id, label: t("ascending", { column: column.header }) },
          { value: `-${column.id}`, label: t("descending", { column: column.header }) },
        ])}
      />
    </div>
  );
}
