import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Words } from "./columns.ts";
import type { List } from "./define-list.ts";
import { ListControls } from "./list-controls.tsx";
import { ListFooter } from "./list-footer.tsx";
import { isNarrowed, type ListAddress, type ListState, listHref, pageCount } from "./list-state.ts";
import { ListToolbar } from "./list-toolbar.tsx";

export type ListFrameProps = {
  /** The address of the list without its query. */
  path: string;
  state: ListState;
  /** How many rows there are on all pages. */
  total: number;
  /** By filter and value: how many there are of each. */
  counts?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** The address of the list's files without their format; without it none are offered. */
  downloads?: string | undefined;
  /** Shown while the list has nothing at all, not while a search finds nothing. */
  empty: ReactNode;
  /** In place of the usual words when nothing fits the filters. */
  nothingFound?: ReactNode | undefined;
};

type Props = ListFrameProps & {
  list: List<never, never>;
  /** How many rows stand on this page. */
  shown: number;
  /** For rows that have no columns on the page. */
  fixedColumns?: boolean | undefined;
  children: ReactNode;
};

/** What stands around the rows of every list: search, filters, count, columns, files, pages. */
export function ListFrame({ list, path, state, total, shown, counts, downloads, empty, ...rest }: Props) {
  const t: Words = useTranslations(list.words);
  const address: ListAddress = { path, state, shape: list.shape };
  const labelOf = ({ id, header }: { id: string; header: string }) => ({ id, label: t(header) });
  const filters = (list.filters ?? []).map(({ name, label, values, words }) => ({
    name,
    label: t(label),
    options: values.map((value) => ({
      value,
      label: t(`${words}.${value}`),
      count: counts?.[name] && (counts[name][value] ?? 0),
    })),
  }));
  if (total === 0 && !isNarrowed(state)) return empty;
  return (
    <div>
      <ListControls
        list={address}
        searchLabel={list.search && t(list.search)}
        filters={filters}
        sortable={list.columns.filter((column) => column.sortable).map(labelOf)}
      />
      <ListToolbar
        list={address}
        total={total}
        shown={shown}
        downloads={downloads}
        columnLabels={
          rest.fixedColumns ? undefined : Object.fromEntries(list.columns.map(({ id, header }) => [id, t(header)]))
        }
      />
      {shown > 0 ? rest.children : <NothingHere list={address} total={total} found={rest.nothingFound} />}
      <ListFooter list={address} total={total} />
    </div>
  );
}

function NothingHere({ list, total, found }: { list: ListAddress; total: number; found: ReactNode }) {
  const t = useTranslations("list");
  if (total > 0) {
    const last = listHref(list.path, list, { page: pageCount(total, list.state.size) });
    return <EmptyState title={t("pastTheEnd")} action={<LinkButton href={last}>{t("lastPage")}</LinkButton>} />;
  }
  if (found) return found;
  const all = listHref(list.path, list, { q: "", filters: {} });
  return (
    <EmptyState title={t("nothingFound")} action={<LinkButton href={all}>{t("clear")}</LinkButton>}>
      {t("nothingFoundHelp")}
    </EmptyState>
  );
}
