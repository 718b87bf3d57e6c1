import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { EmergencyBanner as Standing } from "#lib/domain/clinic/emergency-access/schema.ts";
import { EmergencyStanding } from "./emergency-standing.tsx";

type EmergencyBannerProps = {
  standing: Standing;
  /** The address of the log. */
  path: string;
  timeZone: string;
  end: (form: FormData) => Promise<void>;
  /** Where a tab asks whether a use is open still; the use's id follows. */
  statusPath: string;
};

/** Above every page: one's own emergency access with its time and its end; for officers everybody's, until it is reviewed. */
export function EmergencyBanner({ standing, path, timeZone, end, statusPath }: EmergencyBannerProps) {
  const t = useTranslations("emergency-access.banner");
  const { own, open, toReview, overdue, asOf: now } = standing;
  if (own === null && open.length === 0 && toReview === 0 && overdue === 0) return null;
  return (
    <section aria-label={t("label")} className="mb-6 space-y-2 print:hidden">
      {own !== null && (
        <EmergencyStanding
          key={own.useId}
          statusPath={`${statusPath}/${own.useId}`}
          secondsLeft={secondsBetween(now, own.endsAt)}
          title={t(`own.${own.kind}`)}
          overTitle={t("over.own")}
          overText={t("overText")}
          actions={
            <form action={end}>
              <input type="hidden" name="useId" value={own.useId} />
              <Button type="submit" size="small" variant="danger">
                {t("end")}
              </Button>
            </form>
          }
        >
          ({t("until")} <Moment at={own.endsAt} timeZone={timeZone} />
          ). {t("ownText")}
        </EmergencyStanding>
      )}
      {open.map(({ useId, member, kind, endsAt }) => (
        <EmergencyStanding
          key={useId}
          statusPath={`${statusPath}/${useId}`}
          secondsLeft={secondsBetween(now, endsAt)}
          title={t(`other.${kind}`, { name: member })}
          overTitle={t("over.other", { name: member })}
          actions={
            <LinkButton size="small" href={`${path}/${useId}`}>
              {t("see")}
            </LinkButton>
          }
        >
          ({t("until")} <Moment at={endsAt} timeZone={timeZone} />)
        </EmergencyStanding>
      ))}
      {overdue > 0 && (
        <Callout tone="critical" title={t("overdue", { count: overdue })}>
          <Link prefetch={false} className="link" href={`${path}?state=overdue`}>
            {t("review")}
          </Link>
        </Callout>
      )}
      {toReview > 0 && (
        <Callout tone="caution" title={t("toReview", { count: toReview })}>
          <Link prefetch={false} className="link" href={`${path}?state=to_review`}>
            {t("review")}
          </Link>
        </Callout>
      )}
    </section>
  );
}

function secondsBetween(now: Date, end: Date): number {
  return Math.max(0, Math.ceil((end.getTime() - now.getTime()) / 1000));
}
