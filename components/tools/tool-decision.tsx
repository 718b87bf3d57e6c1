import { useTranslations } from "next-intl";
import type { FormAction } from "#components/ui/form-state.ts";
import { Section } from "#components/ui/section.tsx";
import { type DeepseekRelation, STATUSES, type Status } from "#lib/domain/tools/schema.ts";
import { DecideForm } from "./decide-form.tsx";

// What the blanket leaves to decide: it can be said again, or the tool put away.
const UNDER_THE_BLANKET: readonly Status[] = ["prohibited", "retired"];

type ToolDecisionProps = {
  tool: {
    readonly id: string;
    readonly version: number;
    readonly vendor: string;
    readonly deepseek: DeepseekRelation;
    readonly deepseekNarrowed: boolean;
    readonly conditions: readonly string[];
    readonly facts: { readonly conditions: readonly string[] };
  };
  decide: FormAction;
};

/** The form by which a person decides; DeepSeek's own surfaces leave nothing to decide. */
export function ToolDecision({ tool, decide }: ToolDecisionProps) {
  const t = useTranslations("tools.decide");
  if (tool.deepseek === "own") return null;
  const blanket = tool.deepseek === "hosted" && !tool.deepseekNarrowed;
  return (
    <div className="print:hidden">
      <Section id="decide" title={t("title")} lede={blanket ? t("underBlanket") : t("lede")} boxed>
        <DecideForm
          decide={decide}
          tool={tool}
          statuses={blanket ? UNDER_THE_BLANKET : STATUSES}
          conditions={tool.conditions.length > 0 ? tool.conditions : tool.facts.conditions}
        />
      </Section>
    </div>
  );
}
