import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import type { DecisionShown } from "#lib/domain/tools/schema.ts";
import { DecisionEntry } from "./decision-entry.tsx";
import { RecordedLater } from "./recorded-later.tsx";

type ToolHistoryProps = {
  decisions: readonly DecisionShown[];
  added: { readonly at: Date; readonly recordedAt: Date; readonly by: string; readonly fromCatalogue: boolean };
  timeZone: string;
  worksheetsHref: string;
  requestsHref: string | null;
};

/** Everything that was decided on a tool, newest first, down to how it came into the register. */
export function ToolHistory({ decisions, added, timeZone, ...links }: ToolHistoryProps) {
  const t = useTranslations("tools.decision");
  return (
    <ol className="space-y-6">
      {decisions.map((decision, index) => (
        <li key={decision.number}>
          <DecisionEntry decision={decision} timeZone={timeZone} inForce={index === 0} {...links} />
        </li>
      ))}
      <li className="border-l-2 pl-4">
        <p className="font-medium text-sm">{added.fromCatalogue ? t("adopted") : t("registered")}</p>
        <p className="mt-0.5 text-muted text-sm">
          {added.by} · <Moment at={added.at} timeZone={timeZone} />
        </p>
        <RecordedLater at={added.at} recordedAt={added.recordedAt} timeZone={timeZone} />
      </li>
    </ol>
  );
}
