import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { readPage } from "#app/read.ts";
import { AccessToday } from "#components/calendar/access-today.tsx";
import { AskedItems } from "#components/calendar/asked-items.tsx";
import { EvidenceToday } from "#components/calendar/evidence-today.tsx";
import { FirstSteps } from "#components/calendar/first-steps.tsx";
import { LookUpBox } from "#components/calendar/look-up-box.tsx";
import { NewestPack } from "#components/calendar/newest-pack.tsx";
import { NoticeList } from "#components/calendar/notice-list.tsx";
import { ReadinessTable } from "#components/calendar/readiness-table.tsx";
import { StatusCounts } from "#components/calendar/status-counts.tsx";
import { TeamList } from "#components/calendar/team-list.tsx";
import { ToSignList } from "#components/calendar/to-sign.tsx";
import { WaitingList } from "#components/calendar/waiting-list.tsx";
import { WhomToAsk } from "#components/calendar/whom-to-ask.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { MyRequests } from "#components/tools/my-requests.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { getToday } from "#lib/domain/calendar/queries.ts";
import type { Today } from "#lib/domain/calendar/schema.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { callStepsBackAction, dismissNoticeAction, putStepsAsideAction } from "../actions.ts";

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
      <TodayParts page={page} ctx={ctx} />
    </>
  );
}

type PartsProps = { page: Today; ctx: ClinicContext };

/** What the reader's role comes for first: the book for who keeps it, its index from outside, else "May I use it?". */
function TodayParts(props: PartsProps) {
  if (props.page.waiting !== null) return <KeepersPage {...props} />;
  return props.page.index === null ? <StaffPage {...props} /> : <AuditorsPage {...props} />;
}

function KeepersPage({ page, ctx }: PartsProps) {
  const home = `/c/${ctx.slug}`;
  const { waiting, evidence, access, readiness, firstSteps, counts } = page;
  const isBeginning = firstSteps !== null && firstSteps.steps.length > 0;
  return (
    <div className="space-y-8">
      <Own page={page} ctx={ctx} />
      <Columns
        aside={
          <>
            {evidence !== null && <EvidenceToday evidence={evidence} home={home} timeZone={ctx.timeZone} />}
            {access !== null && <AccessToday access={access} home={home} />}
            {counts !== null && <StatusCounts counts={counts} toolsHref={`${home}/tools`} />}
            <LookUpBox action={`${home}/may-i-use-it`} titled />
          </>
        }
      >
        {firstSteps !== null && (
          <FirstSteps
            steps={firstSteps}
            home={home}
            putAside={putStepsAsideAction.bind(null, ctx.slug)}
            callBack={callStepsBackAction.bind(null, ctx.slug)}
          />
        )}
        {readiness !== null && <ReadinessTable areas={readiness} home={home} />}
        {waiting !== null && (
          <WaitingList
            {...{ waiting, home, timeZone: ctx.timeZone, today: page.today }}
            registerEmpty={!isBeginning && Object.keys(counts ?? {}).length === 0}
          />
        )}
      </Columns>
    </div>
  );
}

function AuditorsPage({ page, ctx }: PartsProps) {
  const home = `/c/${ctx.slug}`;
  const { evidence, index, counts } = page;
  return (
    <div className="space-y-8">
      <Own page={page} ctx={ctx} />
      <Columns aside={counts !== null && <StatusCounts counts={counts} toolsHref={`${home}/tools`} />}>
        {evidence !== null && (
          <NewestPack
            evidence={evidence}
            evidenceHref={`${home}/evidence`}
            ledgerHref={`${home}/ledger`}
            timeZone={ctx.timeZone}
          />
        )}
      </Columns>
      {index !== null && <AskedItems items={index} home={home} />}
    </div>
  );
}

function StaffPage({ page, ctx }: PartsProps) {
  const home = `/c/${ctx.slug}`;
  const { team, counts, officers } = page;
  return (
    <div className="max-w-2xl space-y-8">
      <LookUpBox action={`${home}/may-i-use-it`} titled />
      <Own page={page} ctx={ctx}>
        {team !== null && <TeamList team={team} home={home} today={page.today} />}
        <OwnRequests page={page} ctx={ctx} />
      </Own>
      {counts !== null && <StatusCounts counts={counts} toolsHref={`${home}/tools`} />}
      <WhomToAsk officers={officers} />
    </div>
  );
}

/** What anybody may owe, and what they were told meanwhile. */
function Own({ page, ctx, children }: PartsProps & { children?: ReactNode }) {
  const home = `/c/${ctx.slug}`;
  return (
    <>
      <ToSignList policies={page.toSign} home={home} today={page.today} />
      {children}
      <NoticeList
        notices={page.notices}
        home={home}
        timeZone={ctx.timeZone}
        canOpen={can(ctx, "vendor.read")}
        dismiss={dismissNoticeAction.bind(null, ctx.slug)}
      />
    </>
  );
}

async function OwnRequests({ page: { requests }, ctx }: PartsProps) {
  if (requests === null) return null;
  const t = await getTranslations("calendar.requests");
  const path = `/c/${ctx.slug}/requests`;
  return (
    <Section
      title={t("title")}
      id="requests"
      actions={
        requests.length > 0 && (
          <LinkButton size="small" href={path}>
            {t("all")}
          </LinkButton>
        )
      }
    >
      <MyRequests rows={requests} path={path} timeZone={ctx.timeZone} />
    </Section>
  );
}

function Columns({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="space-y-8">{children}</div>
      <div className="space-y-6">{aside}</div>
    </div>
  );
}
