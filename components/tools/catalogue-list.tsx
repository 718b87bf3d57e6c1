import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { DateText } from "#components/layout/moments.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { CATALOGUE_SIZES, type DeepseekRelation, RECOMMENDATIONS, type Status } from "#lib/domain/tools/schema.ts";
import { Recommendation } from "./status-badge.tsx";
import { ToolName } from "./tool-name.tsx";
import { ModelFamily, toolWord } from "./tool-words.tsx";

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
  readonly retired: boolean;
};

type CellFacts = {
  toolsPath: string;
  /** The form that the ticks belong to; without one the reader can't adopt, and there are none. */
  selectionForm: string | undefined;
};

export const catalogueList = defineList<ShownEntry, CellFacts>({
  name: "catalogue",
  words: "tools",
  title: "catalogue.title",
  search: "search",
  rowId: (entry) => entry.key,
  filters: [
    { name: "recommendation", label: "column.recommendation", values: RECOMMENDATIONS, words: "recommendation" },
  ],
  sizes: CATALOGUE_SIZES,
  columns: [
    {
      id: "product",
      header: "column.product",
      text: (entry) => entry.product,
      cell: (entry) => <ToolName product={entry.product} surface={entry.surface} />,
      also: [{ header: "register.surface", text: (entry) => entry.surface }],
    },
    {
      id: "vendor",
      header: "column.vendor",
      hideOnPhone: true,
      text: (entry) => entry.vendor,
      cell: (entry) => (
        <>
          {entry.vendor}
          <span className="block text-muted">
            <ModelFamily name={entry.modelFamily} />
          </span>
        </>
      ),
      also: [{ header: "facts.modelFamily", text: (entry, { t }) => toolWord(t, "modelFamily", entry.modelFamily) }],
    },
    {
      id: "recommendation",
      header: "column.recommendation",
      text: (entry, { t }) => t(`recommendation.${entry.recommendation}`),
      cell: (entry, { t }) => (
        <span>
          <Recommendation recommendation={entry.recommendation} />
          {entry.deepseek !== "none" && <span className="block text-muted">{t("catalogue.deepseek")}</span>}
        </span>
      ),
    },
    {
      id: "why",
      header: "column.why",
      hideOnPhone: true,
      text: (entry) => entry.why,
      cell: (entry) => <Why text={entry.why} />,
    },
    {
      id: "asOf",
      header: "column.asOf",
      as: "date",
      text: (entry) => entry.asOf,
      cell: (entry) => <DateText date={entry.asOf} />,
    },
    {
      id: "register",
      header: "column.register",
      text: (entry, { t }) => {
        if (entry.toolId === null) return t("catalogue.notInRegister");
        return t(entry.retired ? "catalogue.retired" : "catalogue.inRegister");
      },
      cell: (entry, { toolsPath, selectionForm }) => <InRegister entry={entry} path={toolsPath} form={selectionForm} />,
    },
  ],
});

/** What the catalogue's queries are asked for by the state of the list. */
export function catalogueAsked(state: ListState) {
  return {
    q: state.q,
    recommendation: RECOMMENDATIONS.filter((status) => state.filters.recommendation?.includes(status)),
  };
}

type CatalogueListProps = CellFacts & {
  downloads: string;
  state: ListState;
  rows: readonly ShownEntry[];
  total: number;
  clock: { readonly timeZone: string; readonly today: string };
};

/** The catalogue that comes with the product, with what the register holds of it already. */
export function CatalogueList({ toolsPath, selectionForm, clock, ...frame }: CatalogueListProps) {
  const t = useTranslations("tools");
  return (
    <DataTable
      {...frame}
      list={catalogueList}
      path={`${toolsPath}/catalogue`}
      facts={{ ...clock, toolsPath, selectionForm }}
      rowHref={(entry) => `${toolsPath}/catalogue/${entry.key}`}
      empty={<EmptyState title={t("catalogue.empty")} />}
    />
  );
}

/** The beginning of it; the entry's own page and paper have the rest. */
function Why({ text }: { text: string }) {
  return <span className="line-clamp-3 print:line-clamp-none">{text}</span>;
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
      <Link prefetch={false} href={`${path}/${entry.toolId}`} className="link relative z-1">
        {t(entry.retired ? "retired" : "inRegister")}
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
