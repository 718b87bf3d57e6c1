import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/button-style.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { ColumnChooser } from "./column-chooser.tsx";
import { formatListState, type ListAddress } from "./list-state.ts";

type ListToolbarProps = {
  list: ListAddress;
  total: number;
  /** How many rows stand on this page. */
  shown: number;
  /** The headings by column; without them nobody chooses. */
  columnLabels?: Readonly<Record<string, string>> | undefined;
  /** The address of the files without their format. */
  downloads?: string | undefined;
};

/** How many rows there are, said aloud when it changes, and what can be done with them all. */
export function ListToolbar({ list, total, shown, columnLabels, downloads }: ListToolbarProps) {
  return (
    <div className="mb-2 flex min-h-7 flex-wrap items-center gap-2 text-sm">
      <p role="status" className="mr-auto text-muted">
        <ListRange list={list} total={total} shown={shown} />
      </p>
      {total > 0 && downloads !== undefined && <Downloads list={list} total={total} address={downloads} />}
      {columnLabels && <ColumnChooser list={list} labels={columnLabels} />}
    </div>
  );
}

type ListRangeProps = { list: ListAddress; total: number; shown: number };

function ListRange({ list, total, shown }: ListRangeProps) {
  const t = useTranslations("list");
  const start = (list.state.page - 1) * list.state.size;
  if (shown === 0) return t("all", { total });
  return t("range", { from: start + 1, to: start + shown, total });
}

type DownloadsProps = { list: ListAddress; total: number; address: string };

function Downloads({ list, total, address }: DownloadsProps) {
  const t = useTranslations("list");
  if (total > LIST_ROWS_MAX)
    return <p className="text-muted print:hidden">{t("tooManyToDownload", { max: LIST_ROWS_MAX })}</p>;
  // All rows that fit, in this order and with these columns; which page of them is open doesn't matter.
  const query = formatListState({ ...list.state, page: 1 }, list.shape);
  return (["csv", "xlsx"] as const).map((format) => (
    <a key={format} href={`${address}/${format}${query}`} className={buttonStyle({ size: "small" })}>
      <Download aria-hidden="true" />
      {t(format)}
    </a>
  ));
}
