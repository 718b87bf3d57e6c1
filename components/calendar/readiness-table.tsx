import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { AreaReadiness, AreaState } from "#lib/domain/calendar/readiness/schema.ts";

const LOOKS: Readonly<Record<AreaState, { tone: Tone; shape: ShapeName }>> = {
  in_hand: { tone: "positive", shape: "tick" },
  attention: { tone: "caution", shape: "clock" },
  not_begun: { tone: "neutral", shape: "ring" },
};

type ReadinessTableProps = { areas: readonly AreaReadiness[]; home: string };

/** How far each part of the book is in hand, and why not. */
export function ReadinessTable({ areas, home }: ReadinessTableProps) {
  const t = useTranslations("calendar.readiness");
  return (
    <Section title={t("title")} id="readiness">
      <ul className="divide-y rounded-md border">
        {areas.map((area) => (
          <AreaLine key={area.area} area={area} home={home} />
        ))}
      </ul>
    </Section>
  );
}

function AreaLine({ area: { area, state, path, reasons }, home }: { area: AreaReadiness; home: string }) {
  const t = useTranslations("calendar.readiness");
  return (
    <li className="grid gap-x-6 gap-y-1 p-3 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <div>
        <h3 className="font-medium">
          <Link prefetch={false} href={`${home}${path}`} className="link">
            {t(`area.${area}`)}
          </Link>
        </h3>
        <p className="text-sm">
          <Badge plain {...LOOKS[state]}>
            {t(`state.${state}`)}
          </Badge>
        </p>
      </div>
      <ul className="space-y-1 text-sm">
        {state === "not_begun" && <li className="text-muted">{t(`notBegun.${area}`)}</li>}
        {state === "in_hand" && <li className="text-muted">{t(`inHand.${area}`)}</li>}
        {reasons.map(({ code, count, path }) => (
          <li key={code}>
            <Link prefetch={false} href={`${home}${path}`} className="link">
              {t(`reason.${code}`, { count })}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}
