import { DateText } from "#components/layout/moments.tsx";
import type { EventShown } from "#lib/domain/ledger/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { type LedgerBook, LedgerEntry } from "./ledger-entry.tsx";

type LedgerEntriesProps = {
  events: readonly EventShown[];
  book: LedgerBook;
  /** The number of the entry that the address asks for. */
  entry: number | undefined;
};

/** Entries newest first, under the day on which they were recorded in the clinic's zone. */
export function LedgerEntries({ events, book, entry }: LedgerEntriesProps) {
  return (
    <div className="space-y-6">
      {byDay(events, book.timeZone).map(([day, ofDay]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`} className="border-b pb-1 font-semibold">
            <DateText date={day} />
          </h2>
          <ol>
            {ofDay.map((event) => (
              <LedgerEntry key={event.seq} event={event} book={book} highlighted={event.seq === entry} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function byDay(events: readonly EventShown[], timeZone: string): Array<[string, EventShown[]]> {
  const days = new Map<string, EventShown[]>();
  for (const event of events) {
    const day = calendarDateIn(timeZone, new Date(event.recordedAt));
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days];
}
