import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Column } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { ListShape, ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { CATALOGUE_SIZES, type DeepseekRelation, RECOMMENDATIONS, type Status } from "#lib/domain/tools/schema.ts";
import { Recommendation } from "./status-badge.tsx";
import { ToolName } from "./tool-name.tsx";
import { ModelFamily } from "./tool-words.tsx";

export const catalogueShape: ListShape = {
  sorts: [],
  filters: { recommendation: RECOMMENDATIONS },
  sizes: CATALOGUE_SIZES,
};

export type ShownEntry = {
  readonly key: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly modelFamily: string;
  readonly recommendation: Status;
  readonly deepseek: DeepseekRelation;
  readonly asOf: string;
  readonly why: string;
  readonly toolId: string | null;
};

type CatalogueListProps = {
  toolsPath: string;
  state: ListState;
  rows: readonly ShownEntry[];
  total: number;
  /** The form that the ticks belong to; without one the reader can't adopt, and there are none. */
  selectionForm: string | undefined;
};

/** The catalogue that comes with the product, with what the register holds of it already. */
export function CatalogueList({ toolsPath, state, rows, total, selectionForm }: CatalogueListProps) {
  const t = useTranslations("tools");
  const columns: Column<ShownEntry>[] = [
    {
      id: "product",
      header: t("column.product"),
      rowHeader: true,
      cell: (entry) => <ToolName product={entry.product} surface={entry.surface} />,
    },
    {
      id: "vendor",
      header: t("column.vendor"),
      hideOnPhone: true,
      cell: (entry) => (
        <>
          {entry.vendor}
          <span className="block text-muted">
            <ModelFamily name={entry.modelFamily} />
          </span>
        </>
      ),
    },
    {
      id: "recommendation",
      header: t("column.recommendation"),
      cell: (entry) => (
        <span>
          <Recommendation recommendation={entry.recommendation} />
          {entry.deepseek !== "none" && <span className="block text-muted">{t("catalogue.deepseek")}</span>}
        </span>
      ),
    },
    { id: "why", header: t("column.why"), hideOnPhone: true, cell: (entry) => <Why text={entry.why} /> },
    { id: "asOf", header: t("column.asOf"), cell: (entry) => <DateText date={entry.asOf} /> },
    {
      id: "register",
      header: t("column.register"),
      cell: (entry) => <InRegister entry={entry} path={toolsPath} form={selectionForm} />,
    },
  ];
  const options = RECOMMENDATIONS.map((value) => ({ value, label: t(`recommendation.${value}`) }));
  return (
    <DataTable
      label={t("catalogue.title")}
      path={`${toolsPath}/catalogue`}
      shape={catalogueShape}
      state={state}
      columns={columns}
      rows={rows}
      total={total}
      rowId={(entry) => entry.key}
      rowHref={(entry) => `${toolsPath}/catalogue/${entry.key}`}
      searchLabel={t("search")}
      filters={[{ name: "recommendation", label: t("column.recommendation"), options }]}
      empty={<EmptyState title={t("catalogue.empty")} />}
    />
  );
}

/** The beginning of it; the entry's own page and paper have the rest. */
function Why({ text }: { text: string }) {
  return <span className="line-clamp-3 min-w-60 print:line-clamp-none">{text}</span>;
}

type InRegisterProps = { entry: ShownEntry; path: string; form: string | undefined };

// Both stand above the link that covers the row.
function InRegister({ entry, path, form }: InRegisterProps) {
  const t = useTranslations("tools.catalogue");
  const which = (
    <span className="sr-only">
      : {entry.product}, {entry.surface}
    </span>
  );
  if (entry.toolId !== null) {
    return (
      <Link prefetch={false} href={`${path}/${entry.toolId}`} className="link relative z-1 whitespace-nowrap">
        {t("inRegister")}
        {which}
      </Link>
    );
  }
  if (form === undefined) return <span className="text-muted">{t("notInRegister")}</span>;
  return (
    <label className="relative z-1 -m-2 inline-flex items-center gap-2 whitespace-nowrap p-2">
      <input type="checkbox" name="keys" value={entry.key} form={form} className="size-5 accent-accent" />
      <span>
        {t("choose")}
        {which}
      </span>
    </label>
  );
}
