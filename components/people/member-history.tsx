import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "#components/layout/moments.tsx";
import type { DescriptionShown, EndingShown, MemberShown, RoleGrantShown } from "#lib/domain/clinic/people/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";

type MemberHistoryProps = {
  member: MemberShown;
  grants: readonly RoleGrantShown[];
  descriptions: readonly DescriptionShown[];
  endings: readonly EndingShown[];
  timeZone: string;
};

/** What happened to a membership, newest first, down to joining. */
export function MemberHistory({ member, grants, descriptions, endings, timeZone }: MemberHistoryProps) {
  const t = useTranslations("people");
  const locale = useLocale();
  const entries = [
    ...grants.map((grant) => ({
      ...{ key: `role ${grant.number}`, at: grant.at },
      entry: (
        <Entry
          title={t(grant.number === 1 ? "history.joined" : "history.role", { role: t(`role.${grant.role}`) })}
          {...{ told: grant, timeZone }}
        >
          {grant.reason}
        </Entry>
      ),
    })),
    // The first description came with joining.
    ...descriptions
      .filter(({ number }) => number > 1)
      .map((description) => ({
        ...{ key: `description ${description.number}`, at: description.at },
        entry: (
          <Entry title={t("history.described")} {...{ told: description, timeZone }}>
            {[
              ...[description.jobTitle, t(`type.${description.workforceType}`), description.location],
              ...description.tracks,
            ]
              .filter((part) => part !== "")
              .join(" · ")}
          </Entry>
        ),
      })),
    ...endings.flatMap((ending) => [
      {
        ...{ key: `end ${ending.id}`, at: ending.at },
        entry: (
          <Entry
            title={t(ending.endedAt === null ? "history.ends" : "history.endedAtOnce", {
              date: dateText(ending.lastDay, locale),
            })}
            {...{ told: ending, timeZone }}
          >
            {ending.reason}
          </Entry>
        ),
      },
      ...(ending.withdrawn === null
        ? []
        : [
            {
              ...{ key: `taken back ${ending.id}`, at: ending.withdrawn.at },
              entry: (
                <Entry
                  title={t("history.endTakenBack", { date: dateText(ending.lastDay, locale) })}
                  told={{ ...ending.withdrawn, recordedAt: ending.withdrawn.at }}
                  timeZone={timeZone}
                >
                  {ending.withdrawn.reason}
                </Entry>
              ),
            },
          ]),
    ]),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <ol className="space-y-6" aria-label={t("history.of", { name: member.name })}>
      {entries.map(({ key, entry }) => (
        <li key={key}>{entry}</li>
      ))}
    </ol>
  );
}

type EntryProps = {
  title: ReactNode;
  told: { readonly by: string; readonly at: Date; readonly recordedAt: Date };
  timeZone: string;
  children: ReactNode;
};

function Entry({ title, told, timeZone, children }: EntryProps) {
  const t = useTranslations("people.history");
  const { by, at, recordedAt } = told;
  return (
    <article className="break-inside-avoid border-l-2 pl-4">
      <h3 className="font-medium text-sm wrap-anywhere">{title}</h3>
      <p className="mt-0.5 text-muted text-sm">
        {by !== "" && `${by} · `}
        <Moment at={at} timeZone={timeZone} />
      </p>
      {calendarDateIn(timeZone, recordedAt) !== calendarDateIn(timeZone, at) && (
        <p className="text-caution text-sm">
          {t("recorded")} <Moment at={recordedAt} timeZone={timeZone} day />
        </p>
      )}
      {children !== "" && <p className="mt-2 whitespace-pre-line text-sm wrap-anywhere">{children}</p>}
    </article>
  );
}
