import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventShown } from "#lib/domain/ledger/schema.ts";
import { cn } from "#lib/kernel/cn.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { EventSentence } from "./event-sentence.tsx";
import { objectAddress } from "./object-address.ts";

export type LedgerBook = {
  /** Address of the clinic: `/c/harbor-family`. */
  clinicPath: string;
  timeZone: string;
  names: Readonly<Record<string, string | null>>;
};

type LedgerEntryProps = { event: EventShown; book: LedgerBook; highlighted: boolean };

/** One entry: when, its number, the sentence, and what a check of the entry needs. */
export function LedgerEntry({ event, book, highlighted }: LedgerEntryProps) {
  const t = useTranslations("ledger");
  return (
    <li
      id={`entry-${event.seq}`}
      className={cn(
        "grid scroll-mt-20 gap-x-4 gap-y-0.5 border-b py-2.5 sm:grid-cols-[5rem_1fr]",
        highlighted && "-mx-2 rounded-md bg-accent-soft px-2",
      )}
    >
      <div className="flex justify-between gap-x-2 text-muted text-sm sm:flex-col sm:justify-start">
        <TimeOfDay event={event} timeZone={book.timeZone} />
        <Link
          prefetch={false}
          href={`${book.clinicPath}/ledger?entry=${event.seq}#entry-${event.seq}`}
          className="w-fit rounded-sm underline-offset-2 hover:underline"
        >
          {t("shortNumber", { seq: event.seq })}
        </Link>
      </div>
      <div className="min-w-0">
        <p>
          <EventSentence event={event} names={book.names} timeZone={book.timeZone} />
        </p>
        <HappenedEarlier event={event} timeZone={book.timeZone} />
        <UnderEmergency event={event} clinicPath={book.clinicPath} />
        <div className="flex flex-wrap items-start gap-x-4 text-sm print:hidden">
          <ObjectLink event={event} clinicPath={book.clinicPath} />
          <Details event={event} timeZone={book.timeZone} />
        </div>
        <p className="hidden break-all font-mono text-xs print:block">
          {event.type} · {event.leaf}
        </p>
      </div>
    </li>
  );
}

// The day stands above it.
function TimeOfDay({ event, timeZone }: { event: EventShown; timeZone: string }) {
  const [, time] = momentText(new Date(event.recordedAt), useLocale(), timeZone).split(", ");
  return <Time dateTime={event.recordedAt}>{time}</Time>;
}

/** Where something was written down on a later day than it happened, both days stand beside it. */
function HappenedEarlier({ event, timeZone }: { event: EventShown; timeZone: string }) {
  const t = useTranslations("ledger");
  const locale = useLocale();
  if (event.occurredAt === null) return null;
  const happened = calendarDateIn(timeZone, new Date(event.occurredAt));
  const recorded = calendarDateIn(timeZone, new Date(event.recordedAt));
  if (happened === recorded) return null;
  return (
    <p className="text-muted text-sm">
      {t("happenedEarlier", { happened: dateText(happened, locale), recorded: dateText(recorded, locale) })}
    </p>
  );
}

/** Done with what emergency access gave, the use stands beside it. */
function UnderEmergency({ event, clinicPath }: { event: EventShown; clinicPath: string }) {
  const t = useTranslations("ledger");
  const { emergency } = event.actor;
  if (emergency === undefined) return null;
  return (
    <p className="text-sm">
      <Link prefetch={false} className="link" href={`${clinicPath}/people/emergency-access/${emergency}`}>
        {t("underEmergency")}
      </Link>
    </p>
  );
}

function ObjectLink({ event, clinicPath }: { event: EventShown; clinicPath: string }) {
  const t = useTranslations("ledger.open");
  const address = objectAddress(event);
  if (address === null) return null;
  return (
    <Link prefetch={false} className="link" href={`${clinicPath}${address.path}`}>
      {t(address.label)}
    </Link>
  );
}

function Details({ event, timeZone }: { event: EventShown; timeZone: string }) {
  const t = useTranslations("ledger");
  const occurredAt = event.occurredAt === null ? null : new Date(event.occurredAt);
  return (
    <details className="min-w-0 open:w-full">
      <summary className="w-fit text-muted hover:text-ink">
        {t("details")} <span className="sr-only">{t("number", { seq: event.seq })}</span>
      </summary>
      <div className="mt-2 mb-1">
        <DescriptionList
          facts={[
            ...(occurredAt === null
              ? []
              : [{ term: t("happenedOn"), description: <Moment at={occurredAt} timeZone={timeZone} /> }]),
            { term: t("recordedUtc"), description: <Exact text={event.recordedAt} /> },
            { term: t("eventType"), description: <Exact text={event.type} /> },
            {
              term: t("leafHash"),
              description: (
                <div className="flex flex-wrap items-center gap-2">
                  <Exact text={event.leaf} />
                  <CopyButton text={event.leaf} label={t("copyLeaf")} copiedLabel={t("copied")} />
                </div>
              ),
            },
            {
              term: t("correlation"),
              description: (
                <>
                  <Exact text={event.correlation} />
                  <span className="block text-muted">{t("correlationHelp")}</span>
                </>
              ),
            },
          ]}
        />
      </div>
    </details>
  );
}

function Exact({ text }: { text: string }) {
  return <code className="break-all font-mono text-xs">{text}</code>;
}
