import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { calendarDateIn } from "#lib/kernel/dates.ts";

type RecordedLaterProps = { at: Date; recordedAt: Date; timeZone: string };

/** Says so when something was written down on another day than it happened. */
export function RecordedLater({ at, recordedAt, timeZone }: RecordedLaterProps) {
  const t = useTranslations("vendors.history");
  if (calendarDateIn(timeZone, recordedAt) === calendarDateIn(timeZone, at)) return null;
  return (
    <p className="text-caution text-sm">
      {t("recorded")} <Moment at={recordedAt} timeZone={timeZone} day />
    </p>
  );
}
