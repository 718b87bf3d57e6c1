import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Column } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { ListShape, ListState } from "#components/data-table/list-state.ts";
import { DateText, Deadline } from "#components/layout/moments.tsx";
import { PAGE_SIZES, REGISTER_SORTS, STATUSES, type Status, type ToolRow } from "#lib/domain/tools/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { Recommendation, StandingBadge, StatusBadge } from "./status-badge.tsx";
import { ToolName } from "./tool-name.tsx";
import { ModelFamily } from "./tool-words.tsx";

export const registerShape: ListShape = {
  sorts: REGISTER_SORTS,
  defaultSort: { by: "product", descending: false },
  filters: { status: STATUSES },
  sizes: PAGE_SIZES,
};

type RegisterListProps = {
  path: string;
  state: ListState;
  register: {
    readonly rows: readonly ToolRow[];
    readonly total: number;
    readonly counts: Readonly<Partial<Record<Status, number>>>;
    readonly today: string;
  };
  timeZone: string;
  empty: ReactNode;
};

/** The clinic's register, a page of it. */
export function RegisterList({ path, state, register, timeZone, empty }: RegisterListProps) {
  const t = useTranslations("tools");
  const { rows, total, counts, today } = register;
  const columns: Column<ToolRow>[] = [
    {
      id: "product",
      header: t("column.product"),
      sortable: true,
      cell: (tool) => <ToolName product={tool.product} surface={tool.surface} />,
    },
    {
      id: "vendor",
      header: t("column.vendor"),
      sortable: true,
      hideOnPhone: true,
      cell: (tool) => (
        <>
          {tool.vendor}
          <span className="block text-muted">
            <ModelFamily name={tool.modelFamily} />
          </span>
        </>
      ),
    },
    {
      id: "status",
      header: t("column.status"),
      sortable: true,
      cell: (tool) => <StatusBadge status={tool.status} plain />,
    },
    {
      id: "standing",
      header: t("column.standing"),
      cell: (tool) => <StandingBadge standing={tool.standing.standing} plain />,
    },
    {
      id: "recommendation",
      header: t("column.recommendation"),
      hideOnPhone: true,
      cell: (tool) => <Recommendation recommendation={tool.recommendation} />,
    },
    {
      id: "since",
      header: t("column.since"),
      sortable: true,
      cell: (tool) => (
        <span>
          <DateText date={calendarDateIn(timeZone, tool.statusSince)} />
          {tool.reviewOn !== null && (
            <span className="flex gap-1">
              {t("review")} <Deadline on={tool.reviewOn} today={today} soonDays={30} />
            </span>
          )}
        </span>
      ),
    },
  ];
  const options = STATUSES.map((value) => ({ value, label: t(`status.${value}`), count: counts[value] ?? 0 }));
  return (
    <DataTable
      label={t("title")}
      path={path}
      shape={registerShape}
      state={state}
      columns={columns}
      rows={rows}
      total={total}
      rowId={(tool) => tool.id}
      rowHref={(tool) => `${path}/${tool.id}`}
      searchLabel={t("search")}
      filters={[{ name: "status", label: t("column.status"), options }]}
      empty={empty}
    />
  );
}
