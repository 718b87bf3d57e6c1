import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { Section } from "#components/ui/section.tsx";
import type { DeepseekRelation } from "#lib/domain/tools/schema.ts";
import { ApproveNarrowingForm, DeclineNarrowingForm, NarrowForm, RestoreForm } from "./deepseek-forms.tsx";

export type ShownNarrowing = {
  readonly id: string;
  readonly status: "proposed" | "in_force";
  readonly rationale: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly approvedByName: string | null;
};

type DeepseekSectionProps = {
  tool: { readonly id: string; readonly version: number; readonly deepseek: DeepseekRelation };
  narrowing: ShownNarrowing | null;
  timeZone: string;
  needsSecondApprover: boolean;
  /** What the reader may do about it; an action that isn't theirs is left out. */
  may: {
    narrow?: FormAction | undefined;
    approve?: FormAction | undefined;
    decline?: FormAction | undefined;
    restore?: FormAction | undefined;
  };
  /** The proposal is the reader's own. */
  own: boolean;
};

/** The DeepSeek rule, where a tool is under it. */
export function DeepseekSection(props: DeepseekSectionProps) {
  const t = useTranslations("tools.deepseek");
  switch (props.tool.deepseek) {
    case "own":
      return (
        <Callout tone="critical" title={t("ownTitle")}>
          {t("own")}
        </Callout>
      );
    case "hosted":
      return <Hosted {...props} />;
    case "none":
      return null;
    default: {
      const unhandled: never = props.tool.deepseek;
      return unhandled;
    }
  }
}

/** Its weights on somebody else's servers: the blanket in words, and the one way out of it. */
function Hosted(props: DeepseekSectionProps) {
  const { tool, narrowing, needsSecondApprover, may, own } = props;
  const t = useTranslations("tools.deepseek");
  return (
    <Section id="deepseek" title={t("title")}>
      <div className="max-w-prose space-y-5">
        {narrowing === null && (
          <Callout tone="critical" title={t("blanketTitle")}>
            {t("blanket")}
          </Callout>
        )}
        {narrowing !== null && <Narrowing {...props} narrowing={narrowing} />}
        {narrowing === null && may.narrow && (
          <>
            <p className="text-sm">{needsSecondApprover ? t("narrowWithSecond") : t("narrowAlone")}</p>
            <NarrowForm narrow={may.narrow} tool={tool} />
          </>
        )}
        {narrowing?.status === "proposed" && may.approve && (
          <ApproveNarrowingForm approve={may.approve} narrowingId={narrowing.id} own={own} />
        )}
        {narrowing?.status === "proposed" && may.decline && (
          <details>
            <summary className="link text-sm">{t("declineSummary")}</summary>
            <div className="mt-3">
              <DeclineNarrowingForm decline={may.decline} narrowingId={narrowing.id} />
            </div>
          </details>
        )}
        {narrowing !== null && may.restore && (
          <details>
            <summary className="link text-sm">
              {narrowing.status === "proposed" ? t("withdrawSummary") : t("restoreSummary")}
            </summary>
            <div className="mt-3">
              <RestoreForm restore={may.restore} toolId={tool.id} proposed={narrowing.status === "proposed"} />
            </div>
          </details>
        )}
      </div>
    </Section>
  );
}

function Narrowing({ narrowing, timeZone, needsSecondApprover }: DeepseekSectionProps & { narrowing: ShownNarrowing }) {
  const t = useTranslations("tools.deepseek");
  const proposed = narrowing.status === "proposed";
  return (
    <Callout tone={proposed ? "caution" : "limited"} title={proposed ? t("proposedTitle") : t("narrowedTitle")}>
      <p>{proposed ? t(needsSecondApprover ? "proposed" : "proposedAlone") : t("narrowed")}</p>
      <p className="mt-2 whitespace-pre-line">{narrowing.rationale}</p>
      <p className="mt-2 text-muted">
        {t("proposedBy", { name: narrowing.proposedByName })} · <Moment at={narrowing.proposedAt} timeZone={timeZone} />
        {narrowing.approvedByName !== null && <> · {t("approvedBy", { name: narrowing.approvedByName })}</>}
      </p>
    </Callout>
  );
}
