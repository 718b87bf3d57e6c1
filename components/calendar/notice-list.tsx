import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { DateText, Moment } from "#components/layout/moments.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { NoticeShown } from "#lib/domain/notifications/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";

type NoticeListProps = {
  notices: readonly NoticeShown[];
  home: string;
  timeZone: string;
  /** Whether the reader may open vendors and the register. */
  canOpen: boolean;
  dismiss: (form: FormData) => Promise<void>;
};

/** What happened while one was away, until one puts it away. */
export function NoticeList({ notices, home, timeZone, canOpen, dismiss }: NoticeListProps) {
  const t = useTranslations("calendar.notices");
  if (notices.length === 0) return null;
  return (
    <Section title={t("title")} id="notices">
      <ul className="divide-y rounded-md border">
        {notices.map((notice) => (
          <li key={notice.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 p-3">
            <div className="min-w-0 flex-1 basis-64">
              <NoticeText notice={notice} home={home} canOpen={canOpen} />
              <p className="text-muted text-sm">
                <Moment at={notice.givenAt} timeZone={timeZone} day />
              </p>
            </div>
            <form action={dismiss} className="print:hidden">
              <input type="hidden" name="noticeId" value={notice.id} />
              <Button type="submit" size="small">
                {t("dismiss")}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NoticeText({ notice, home, canOpen }: { notice: NoticeShown; home: string; canOpen: boolean }) {
  const t = useTranslations("calendar.notices");
  const format = useFormatter();
  const locale = useLocale();
  if (notice.kind === "request_answered" || notice.kind === "request_reopened") {
    const whose = notice.isOwn ? "own" : "joined";
    return (
      <p>
        <Link prefetch={false} className="link" href={`${home}/requests/${notice.subjectId}`}>
          {t(notice.kind === "request_answered" ? `requestAnswered.${whose}` : `requestReopened.${whose}`, {
            product: notice.product,
          })}
        </Link>
      </p>
    );
  }
  if (notice.kind === "emergency_access") {
    return (
      <p>
        <Link prefetch={false} className="link" href={`${home}/people/emergency-access/${notice.subjectId}`}>
          {t(`emergencyAccess.${notice.use}`, { member: notice.member })}
        </Link>
      </p>
    );
  }
  if (notice.kind === "emergency_reviewed") {
    return (
      <p>
        <Link prefetch={false} className="link" href={`${home}/people/emergency-access/${notice.subjectId}`}>
          {t("emergencyReviewed", { by: notice.by })}
        </Link>
      </p>
    );
  }
  if (notice.kind === "emergency_named" || notice.kind === "emergency_unnamed") {
    const { by } = notice;
    return (
      <p>
        <Link prefetch={false} className="link" href={`${home}/people/emergency-access`}>
          {notice.kind === "emergency_unnamed"
            ? t("emergencyUnnamed", { by })
            : t("emergencyNamed", { by, from: dateText(notice.fromOn, locale) })}
        </Link>
      </p>
    );
  }
  if (notice.kind === "factors_reset") {
    const { by, member, isOwn } = notice;
    return <p className="font-medium">{isOwn ? t("factorsResetOwn", { by }) : t("factorsReset", { by, member })}</p>;
  }
  if (notice.kind === "account_reset") {
    const { member, isOwn } = notice;
    return <p className="font-medium">{isOwn ? t("accountResetOwn") : t("accountReset", { member })}</p>;
  }
  if (notice.kind === "provider_linked") {
    return (
      <p>
        <Link prefetch={false} className="link" href="/account#linked">
          {t(`providerLinked.${notice.provider}`)}
        </Link>
      </p>
    );
  }
  const { vendor, lastDay, tools, vendorId } = notice;
  const said = (
    <>
      {t("baaLapsed", { vendor })} (<DateText date={lastDay} />)
    </>
  );
  return (
    <>
      <p>
        {canOpen ? (
          <Link prefetch={false} className="link" href={`${home}/vendors/${vendorId}`}>
            {said}
          </Link>
        ) : (
          said
        )}
      </p>
      {tools.length > 0 && (
        <p className="font-medium">
          {t("withoutCover", { tools: format.list(tools.map(({ product, surface }) => `${product}, ${surface}`)) })}
        </p>
      )}
    </>
  );
}
