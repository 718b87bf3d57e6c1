import { useTranslations } from "next-intl";
import { LedgerEntries } from "#components/ledger/ledger-entries.tsx";
import { Section } from "#components/ui/section.tsx";
import type { EventShown } from "#lib/domain/ledger/schema.ts";

type UseEventsProps = {
  events: readonly EventShown[];
  /** How many entries carry the use, also beyond those shown. */
  count: number;
  names: Readonly<Record<string, string | null>>;
  clinicPath: string;
  timeZone: string;
};

/** Everything that was done under a use of emergency access, as the ledger has it. */
export function UseEvents({ events, count, names, clinicPath, timeZone }: UseEventsProps) {
  const t = useTranslations("emergency-access.use");
  return (
    <Section id="events" title={t("events")} lede={t("eventsLede")}>
      {events.length === 0 ? (
        <p className="text-muted text-sm">{t("noEvents")}</p>
      ) : (
        <LedgerEntries events={events} book={{ clinicPath, timeZone, names }} entry={undefined} />
      )}
      {count > events.length && events.length > 0 && (
        <p className="mt-2 text-muted text-sm">{t("moreEvents", { shown: events.length, count })}</p>
      )}
    </Section>
  );
}
