import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Nothing of the kinds that were asked for. */
export function NoEntries({ ledgerPath }: { ledgerPath: string }) {
  const t = useTranslations("ledger");
  return (
    <EmptyState
      title={t("empty")}
      why={t("emptyWhy")}
      action={<LinkButton href={ledgerPath}>{t("showAll")}</LinkButton>}
    >
      {t("emptyText")}
    </EmptyState>
  );
}
