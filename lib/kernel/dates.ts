import { Temporal } from "temporal-polyfill";

/** A calendar date as `YYYY-MM-DD`, without a zone. Legal dates are these, read in the clinic's zone. */
export type CalendarDate = string;

export function calendarDateIn(timeZone: string, instant: Date): CalendarDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The hour of the day that clocks in the zone show. */
export function hourIn(timeZone: string, instant: Date): number {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).hour;
}

/** The last millisecond of the date in the zone: "as of D" means the end of that day. */
export function endOfDayIn(timeZone: string, date: CalendarDate): Date {
  return new Date(startOfDayIn(timeZone, addDays(date, 1)).getTime() - 1);
}

/** The first instant of the date in the zone (not always midnight: some zones change their clocks then). */
export function startOfDayIn(timeZone: string, date: CalendarDate): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days;
}

export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** How Postgres' `date` travels through the database client: midnight UTC of the calendar date. */
export function toDatabaseDate(date: CalendarDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

export function fromDatabaseDate(date: Date): CalendarDate {
  return date.toISOString().slice(0, 10);
}
