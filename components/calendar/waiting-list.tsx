import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Deadline } from "#components/layout/moments.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { byUrgency, furtherOf, linesOf, SOON_DAYS } from "#lib/domain/calendar/waiting/rules.ts";
import type { Waiting, WaitingLine } from "#lib/domain/calendar/waiting/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { type CalendarDate, calendarDateIn, daysBetween } from "#lib/kernel/dates.ts";

type WaitingListProps = {
  waiting: Waiting;
  /** The clinic's own address, which all links begin with. */
  home: string;
  timeZone: string;
  today: CalendarDate;
  /** Nothing stands in the register, and nothing else on the page says where to begin. */
  registerEmpty: boolean;
};

/** What an officer has to decide or to see to, whatever its kind: what should have been seen to longest ago first. */
export function WaitingList({ waiting, home, timeZone, today, registerEmpty }: WaitingListProps) {
  const t = useTranslations("calendar.waiting");
  const parts = byUrgency(linesOf(waiting, { today, timeZone }), today);
  if (registerEmpty && parts.length === 0) return <EmptyRegister catalogueHref={`${home}/tools/catalogue`} />;
  if (parts.length === 0 && waiting.updates === 0) {
    return <EmptyState title={t("clearTitle")}>{t("clearText")}</EmptyState>;
  }
  return (
    <Section title={t("title")} id="waiting">
      <div className="space-y-6">
        {registerEmpty && <EmptyRegister catalogueHref={`${home}/tools/catalogue`} />}
        {parts.map(({ urgency, lines }) => (
          <section key={urgency} aria-labelledby={`waiting-${urgency}`}>
            <h3 id={`waiting-${urgency}`} className="mb-2 font-medium text-sm">
              {t(`urgency.${urgency}`, { days: SOON_DAYS })}
            </h3>
            <ul className="divide-y rounded-md border">
              {lines.map((line) => (
                <Line key={`${line.kind} ${line.key}`} {...{ line, home, timeZone, today }} />
              ))}
            </ul>
          </section>
        ))}
        <Further waiting={waiting} home={home} />
      </div>
    </Section>
  );
}

type LineProps = { line: WaitingLine; home: string; timeZone: string; today: CalendarDate };

function Line({ line, home, timeZone, today }: LineProps) {
  const t = useTranslations("calendar.waiting");
  const { kind, subject, path } = line;
  const [name, detail] = kind === "offices" ? [t(`office.${subject}`), line.detail] : namedBy(line);
  return (
    <li className="relative flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 p-3 text-sm hover:bg-hover">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-muted text-xs">{t(`kind.${kind}`)}</p>
        <p className="wrap-anywhere">
          <Link prefetch={false} href={`${home}${path}`} className="link font-medium after:absolute after:inset-0">
            {name ?? (line.detail && t(line.detail.key, line.detail.params))}
          </Link>
        </p>
        {detail !== null && <p className="wrap-anywhere">{t(detail.key, detail.params)}</p>}
      </div>
      <When {...{ line, timeZone, today }} />
    </li>
  );
}

/** What is about nobody and nothing in particular is named by what is to be done. */
function namedBy({ subject, detail }: WaitingLine): [string | null, WaitingLine["detail"]] {
  return subject === "" ? [null, null] : [subject, detail];
}

function When({ line: { when }, timeZone, today }: Omit<LineProps, "home">) {
  const t = useTranslations("calendar.waiting");
  const locale = useLocale();
  if (when === null) return null;
  if ("until" in when) return <Deadline on={when.until} today={today} soonDays={SOON_DAYS} />;
  const days = daysBetween(calendarDateIn(timeZone, when.since), today);
  return (
    <Time dateTime={when.since.toISOString()} exact={momentText(when.since, locale, timeZone)}>
      {t("waits", { days })}
    </Time>
  );
}

/** Where the rest stands, for kinds of which more wait than the list names. */
function Further({ waiting, home }: { waiting: Waiting; home: string }) {
  const t = useTranslations("calendar.waiting");
  const further = furtherOf(waiting);
  if (further.length === 0 && waiting.updates === 0) return null;
  return (
    <ul className="space-y-1 text-sm">
      {further.map(({ kind, count, path }) => (
        <li key={kind}>
          <Link prefetch={false} href={`${home}${path}`} className="link">
            {t("further", { kind: t(`kind.${kind}`), count })}
          </Link>
        </li>
      ))}
      {waiting.updates > 0 && (
        <li>
          <Link prefetch={false} href={`${home}/tools/updates`} className="link">
            {t("updates", { count: waiting.updates })}
          </Link>
        </li>
      )}
    </ul>
  );
}

function EmptyRegister({ catalogueHref }: { catalogueHref: string }) {
  const t = useTranslations("calendar.waiting");
  return (
    <EmptyState
      title={t("emptyTitle")}
      why={t("emptyWhy")}
      action={
        <LinkButton variant="primary" href={catalogueHref}>
          {t("emptyAction")}
        </LinkButton>
      }
    >
      {t("emptyText")}
    </EmptyState>
  );
}
