import { useTranslations } from "next-intl";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { UPDATE_SIZES, UPDATE_SORTS, type UpdateRow } from "#lib/domain/tools/updates/schema.ts";
import { StatusBadge } from "./status-badge.tsx";
import { ToolName } from "./tool-name.tsx";

export const updateList = defineList<UpdateRow>({
  name: "catalogue-updates",
  words: "updates",
  title: "title",
  search: "search",
  rowId: (row) => row.toolId,
  defaultSort: { by: "product", descending: false },
  sizes: UPDATE_SIZES,
  columns: [
    {
      id: "product",
      header: "column.product",
      sortable: true,
      text: (row) => row.product,
      cell: (row) => <ToolName product={row.product} surface={row.surface} />,
      also: [
        { header: "column.surface", text: (row) => row.surface },
        { header: "column.vendor", text: (row) => row.vendor },
      ],
    },
    {
      id: "status",
      header: "column.status",
      hideOnPhone: true,
      text: (row, { t }) => t(`status.${row.status}`),
      cell: (row) => <StatusBadge status={row.status} plain />,
    },
    {
      id: "fields",
      header: "column.fields",
      sortable: true,
      text: (row, { t }) => row.fields.map((field) => t(`field.${field}`)).join("\n"),
      cell: (row) => <WhatDiffers row={row} />,
      also: [{ header: "column.fieldsCount", as: "number", text: (row) => String(row.fields.length) }],
    },
    {
      id: "checked",
      header: "column.checked",
      sortable: true,
      as: "date",
      text: (row) => row.newlyCheckedOn,
      cell: (row) => <DateText date={row.newlyCheckedOn} />,
    },
    {
      id: "ours",
      header: "column.ours",
      hideOnPhone: true,
      as: "date",
      text: (row) => row.checkedOn ?? "",
      cell: (row) => row.checkedOn !== null && <DateText date={row.checkedOn} />,
    },
  ],
});

/** What the queries are asked for by the state of the list. */
export function updatesAsked(state: ListState) {
  return {
    q: state.q,
    sort: UPDATE_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

function WhatDiffers({ row }: { row: UpdateRow }) {
  const t = useTranslations("updates");
  const { fields, deepseekNow } = row;
  return (
    <>
      {fields.length === 0 ? t("nothingDiffers") : fields.map((field) => t(`field.${field}`)).join(", ")}
      {deepseekNow !== null && (
        <span className="block">
          <Badge plain tone="critical" shape="triangle">
            {t(`deepseekNow.${deepseekNow}`)}
          </Badge>
        </span>
      )}
    </>
  );
}
