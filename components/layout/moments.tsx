import { useLocale, useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { daysBetween } from "#lib/kernel/dates.ts";

/** A calendar date: "3 Mar 2026". */
export function DateText({ date }: { date: string }) {
  return <Time dateTime={date}>{dateText(date, useLocale())}</Time>;
}

type MomentProps = {
  at: Date;
  timeZone: string;
  /** Only the day, with the time on hover and in print. */
  day?: boolean | undefined;
};

/** A moment in the clinic's zone: "3 Mar 2026, 14:05 CST". */
export function Moment({ at, timeZone, day }: MomentProps) {
  const exact = momentText(at, useLocale(), timeZone);
  return (
    <Time dateTime={at.toISOString()} exact={exact}>
      {day ? exact.slice(0, exact.indexOf(",")) : exact}
    </Time>
  );
}

type DeadlineProps = {
  /** The last day on which it is not late. */
  on: string;
  today: string;
  /** How many days before the end it starts to press. */
  soonDays?: number | undefined;
};

/** How long is left: "in 12 days", "4 days overdue"; the date on hover and in print. */
export function Deadline({ on, today, soonDays = 7 }: DeadlineProps) {
  const t = useTranslations("layout.time");
  const exact = dateText(on, useLocale());
  const days = daysBetween(today, on);
  const words = days === 0 ? t("today") : days > 0 ? t("inDays", { days }) : t("overdue", { days: -days });
  const time = (
    <Time dateTime={on} exact={exact}>
      {words}
    </Time>
  );
  if (days > soonDays) return time;
  return (
    <Badge plain tone={days < 0 ? "critical" : "caution"} shape={days < 0 ? "triangle" : "clock"}>
      {time}
    </Badge>
  );
}
