import { defineList } from "#components/data-table/define-list.ts";
import { EVENT_KINDS, sentenceOf } from "#lib/domain/ledger/rules.ts";
import type { EventShown } from "#lib/domain/ledger/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";

/** An entry with the names of those whom it names. */
export type LedgerRow = { readonly event: EventShown; readonly names: Readonly<Record<string, string | null>> };

/** The trail. On the page its entries stand under their days; in a file each is a row. */
export const ledgerList = defineList<LedgerRow>({
  name: "ledger",
  words: "ledger",
  title: "title",
  rowId: ({ event }) => String(event.seq),
  filters: [{ name: "kind", label: "kind", values: Object.keys(EVENT_KINDS), words: "kinds" }],
  columns: [
    { id: "number", header: "column.number", as: "number", text: ({ event }) => String(event.seq) },
    {
      id: "day",
      header: "column.day",
      as: "date",
      text: ({ event }, { timeZone }) => calendarDateIn(timeZone, new Date(event.recordedAt)),
      also: [
        {
          header: "happenedOn",
          as: "date",
          text: ({ event }, { timeZone }) =>
            event.occurredAt === null ? "" : calendarDateIn(timeZone, new Date(event.occurredAt)),
        },
      ],
    },
    {
      id: "sentence",
      header: "column.sentence",
      text: ({ event, names }, { t, locale, timeZone }) =>
        sentenceOf(event, { words: t, locale, timeZone, nameOf: (memberId) => names[memberId] ?? null }),
    },
    {
      id: "exact",
      header: "recordedUtc",
      text: ({ event }) => event.recordedAt,
      also: [
        { header: "eventType", text: ({ event }) => event.type },
        { header: "correlation", text: ({ event }) => event.correlation },
        { header: "leafHash", text: ({ event }) => event.leaf },
      ],
    },
  ],
});
