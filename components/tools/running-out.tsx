import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { RUNNING_OUT_DAYS } from "#lib/domain/vendors/schema.ts";
import { daysBetween } from "#lib/kernel/dates.ts";

const [early, near, last] = RUNNING_OUT_DAYS;

/** Until when something covers, with the date always there; it presses from 90 days before, harder at 60 and at 30. */
export function RunningOut({ on, today }: { on: string; today: string }) {
  const t = useTranslations("paths");
  const days = daysBetween(today, on);
  const look = lookOf(days);
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      {look !== null && (
        <Badge plain {...look}>
          {t("runsOut", { days })}
        </Badge>
      )}
      <span className="text-muted">
        {look === null && `${t("until")} `}
        <DateText date={on} />
      </span>
    </span>
  );
}

function lookOf(days: number): { tone: Tone; shape: ShapeName } | null {
  if (days > early) return null;
  if (days > near) return { tone: "limited", shape: "clock" };
  return days > last ? { tone: "caution", shape: "clock" } : { tone: "critical", shape: "triangle" };
}
