import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateText, Deadline, Moment } from "#components/layout/moments.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { type DiligenceShown, REVERIFY_SOON_DAYS } from "#lib/domain/vendors/worksheet/schema.ts";

type WorksheetSectionProps = {
  diligence: DiligenceShown;
  today: string;
  timeZone: string;
  /** The page of the tool's worksheets. */
  href: string;
  mayKeep: boolean;
};

/** On a tool's page: what its next decision would rest on, and the draft that somebody works on. */
export function WorksheetSection({ diligence, today, timeZone, href, mayKeep }: WorksheetSectionProps) {
  const t = useTranslations("due-diligence");
  const { newest, draft, asked } = diligence;
  return (
    <Section
      id="due-diligence"
      title={t("title")}
      lede={t("lede")}
      actions={
        draft !== null && mayKeep ? (
          <LinkButton href={`${href}/${draft.id}`} size="small">
            {t("goOn")}
          </LinkButton>
        ) : (
          <LinkButton href={href} size="small">
            {newest === null && mayKeep ? t("start") : t("all")}
          </LinkButton>
        )
      }
    >
      <div className="max-w-prose space-y-2 text-sm">
        {newest === null && <p>{t("none")}</p>}
        {newest !== null && (
          <>
            <p>
              <Link prefetch={false} href={`${href}/${newest.id}`} className="link">
                {t("number", { number: newest.number })}
              </Link>{" "}
              · {t("completedBy", { name: newest.completedBy ?? "" })}
              {newest.completedAt !== null && (
                <>
                  , <Moment at={newest.completedAt} timeZone={timeZone} day />
                </>
              )}
            </p>
            {newest.reverifyOn !== null && <Reverify on={newest.reverifyOn} today={today} />}
          </>
        )}
        {draft !== null && (
          <p>
            {t("status.draft")}: {t("number", { number: draft.number })} ·{" "}
            {t("answered", { answered: draft.answered, asked })} · {t("startedBy", { name: draft.startedBy })}
          </p>
        )}
      </div>
    </Section>
  );
}

/** By when a worksheet is to be done again, and how long that is. */
export function Reverify({ on, today }: { on: string; today: string }) {
  const t = useTranslations("due-diligence");
  return (
    <p className="flex flex-wrap items-baseline gap-x-1.5">
      <span className="text-muted">{t("reverify")}</span>
      <Deadline on={on} today={today} soonDays={REVERIFY_SOON_DAYS} />
      <span className="text-muted print:hidden">
        (<DateText date={on} />)
      </span>
    </p>
  );
}
