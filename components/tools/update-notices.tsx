import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { DeepseekRelation, Status } from "#lib/domain/tools/schema.ts";

type UpdateNoticesProps = {
  status: Status;
  /** What the entry says of DeepSeek now, where that is something else. */
  deepseekNow: DeepseekRelation | null;
  renamed: { readonly vendor: string; readonly product: string; readonly surface: string } | null;
  recommendationChanged: boolean;
  toolsPath: string;
  toolId: string;
};

/** What an answer to a catalogue update will not do. */
export function UpdateNotices(props: UpdateNoticesProps) {
  const { status, deepseekNow, renamed, recommendationChanged, toolsPath, toolId } = props;
  const t = useTranslations("updates");
  const word = useTranslations("tools.status");
  return (
    <div className="space-y-3">
      {deepseekNow !== null && (
        <Callout
          tone="critical"
          title={t(`deepseekNow.${deepseekNow}`)}
          actions={
            <>
              <LinkButton href={`${toolsPath}/${toolId}`}>{t("one.back")}</LinkButton>
              <LinkButton href={`${toolsPath}/new`}>{t("one.registerByHand")}</LinkButton>
            </>
          }
        >
          {t(`deepseek.${deepseekNow}`)}
        </Callout>
      )}
      {renamed !== null && <Callout>{t("one.renamed", renamed)}</Callout>}
      <Callout tone={recommendationChanged ? "caution" : "limited"}>
        <p>{t("one.statusStays", { status: word(status) })}</p>
        {recommendationChanged && <p className="mt-1">{t("one.recommendationChanged")}</p>}
      </Callout>
    </div>
  );
}
