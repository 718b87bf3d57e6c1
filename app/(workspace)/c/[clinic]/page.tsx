import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { EvidenceToday } from "#components/calendar/evidence-today.tsx";
import { LookUpBox } from "#components/calendar/look-up-box.tsx";
import { NewestPack } from "#components/calendar/newest-pack.tsx";
import { NoticeList } from "#components/calendar/notice-list.tsx";
import { StatusCounts } from "#components/calendar/status-counts.tsx";
import { ToSignList } from "#components/calendar/to-sign.tsx";
import { WaitingList } from "#components/calendar/waiting-list.tsx";
import { WhomToAsk } from "#components/calendar/whom-to-ask.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { getToday } from "#lib/domain/calendar/queries.ts";
import type { Today } from "#lib/domain/calendar/schema.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { dismissNoticeAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar");
  return { title: t("title") };
}

type TodayPageProps = { params: Promise<{ clinic: string }> };

export default async function TodayPage({ params }: TodayPageProps) {
  const ctx = await requireClinicContext((await params).clinic);
  const { page, allowedRoles } = await readPage(() => getToday(ctx, {}));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref="/" />;
  const t = await getTranslations("calendar");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="space-y-8">
        <NoticeList
          notices={page.notices}
          home={`/c/${ctx.slug}`}
          timeZone={ctx.timeZone}
          canOpen={can(ctx, "vendor.read")}
          dismiss={dismissNoticeAction.bind(null, ctx.slug)}
        />
        <ToSignList policies={page.toSign} home={`/c/${ctx.slug}`} today={page.today} />
        <TodayParts page={page} home={`/c/${ctx.slug}`} timeZone={ctx.timeZone} />
      </div>
    </>
  );
}

type PartsProps = { page: Today; home: string; timeZone: string };

/** What waits first, then what one looks after; for who decides nothing, the question staff come with. */
function TodayParts({ page, home, timeZone }: PartsProps) {
  const { waiting, counts, evidence } = page;
  const lookUp = <LookUpBox action={`${home}/may-i-use-it`} titled />;
  const register = counts !== null && <StatusCounts counts={counts} toolsHref={`${home}/tools`} />;
  if (waiting !== null) {
    return (
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <WaitingList
          waiting={waiting}
          home={home}
          timeZone={timeZone}
          today={page.today}
          registerEmpty={Object.keys(counts ?? {}).length === 0}
        />
        <div className="space-y-6">
          {evidence !== null && (
            <EvidenceToday evidence={evidence} evidenceHref={`${home}/evidence`} timeZone={timeZone} />
          )}
          {register}
          {lookUp}
        </div>
      </div>
    );
  }
  if (evidence !== null) {
    return (
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <NewestPack
          evidence={evidence}
          evidenceHref={`${home}/evidence`}
          ledgerHref={`${home}/ledger`}
          timeZone={timeZone}
        />
        {register}
      </div>
    );
  }
  return (
    <div className="max-w-2xl space-y-8">
      {lookUp}
      {register}
      <WhomToAsk officers={page.officers} />
    </div>
  );
}
