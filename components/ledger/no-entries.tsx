import { useTranslations } from "next-intl";
import type { ListAddress } from "#components/data-table/list-controls.tsx";
import { listHref, pageCount } from "#components/data-table/list-state.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Nothing of the kinds that were asked for, or a page past the last. */
export function NoEntries({ list, total }: { list: ListAddress; total: number }) {
  const t = useTranslations("ledger");
  const words = useTranslations("list");
  if (total > 0) {
    const last = listHref(list.path, list, { page: pageCount(total, list.state.size) });
    return <EmptyState title={words("pastTheEnd")} action={<LinkButton href={last}>{words("lastPage")}</LinkButton>} />;
  }
  const all = listHref(list.path, list, { filters: {} });
  return (
    <EmptyState title={t("empty")} why={t("emptyWhy")} action={<LinkButton href={all}>{t("showAll")}</LinkButton>}>
      {t("emptyText")}
    </EmptyState>
  );
}
