import { useLocale, useTranslations } from "next-intl";
import { Deadline } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Team } from "#lib/domain/calendar/team/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";

type TeamListProps = { team: Team; home: string; today: string };

/** What the people of the manager's own location still have to sign. */
export function TeamList({ team, home, today }: TeamListProps) {
  const t = useTranslations("calendar.team");
  const { location, people, policies } = team;
  return (
    <Section
      title={t("title")}
      id="team"
      lede={location === null ? t("noLocation", { count: people }) : t("location", { location, count: people })}
    >
      {policies.length === 0 ? (
        <p className="text-muted text-sm">{t("nothingIssued")}</p>
      ) : (
        <div className="space-y-6">
          {policies.map((policy) => (
            <PolicyOwed key={policy.code} {...{ policy, home, today }} />
          ))}
        </div>
      )}
    </Section>
  );
}

type PolicyOwedProps = { policy: Team["policies"][number]; home: string; today: string };

function PolicyOwed({ policy, home, today }: PolicyOwedProps) {
  const t = useTranslations("calendar.team");
  const locale = useLocale();
  const { code, number, title, open, overdue, shown } = policy;
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <p className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
        {open === 0 ? (
          <Badge plain tone="positive" shape="tick">
            {t("allSigned")}
          </Badge>
        ) : (
          <span>{t("open", { count: open })}</span>
        )}
        {overdue > 0 && (
          <Badge plain tone="critical" shape="triangle">
            {t("overdue", { count: overdue })}
          </Badge>
        )}
      </p>
      {shown.length > 0 && (
        <ul className="divide-y rounded-md border">
          {shown.map(({ name, since, dueOn }) => (
            <li
              key={`${name} ${since} ${dueOn}`}
              className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 p-3 text-sm"
            >
              <span className="min-w-0 wrap-anywhere">
                <span className="font-medium">{name}</span>
                <span className="text-muted"> · {t("since", { date: dateText(since, locale) })}</span>
              </span>
              <Deadline on={dueOn} today={today} />
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 flex flex-wrap items-center gap-3 text-sm">
        <LinkButton
          size="small"
          href={`${home}/policies/${code}/versions/${number}/signatures?state=overdue&state=unsigned`}
        >
          {t("list")}
        </LinkButton>
        {open > shown.length && <span className="text-muted">{t("more", { count: open - shown.length })}</span>}
      </p>
    </div>
  );
}
