/** "3 Mar 2026": the day first in every language, so that no reader takes 3/4 for April. */
export function dateText(date: string, locale: string): string {
  return joinDate(new Date(`${date}T00:00:00Z`), locale, "UTC");
}

/** "3 Mar 2026, 14:05 CST": a moment in the clinic's zone, with the zone, because a reader may sit in another. */
export function momentText(moment: Date, locale: string, timeZone: string): string {
  const time = new Intl.DateTimeFormat(languageTag(locale), {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return `${joinDate(moment, locale, timeZone)}, ${time.format(moment)}`;
}

function joinDate(moment: Date, locale: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(languageTag(locale), {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
  }).formatToParts(moment);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("day")} ${part("month").replace(".", "")} ${part("year")}`;
}

// The country decides the names of the zones: "CST" for the US, "GMT-6" elsewhere.
function languageTag(locale: string): string {
  return `${locale}-US`;
}
