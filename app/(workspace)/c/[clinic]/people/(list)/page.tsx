import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { PeopleList, peopleAsked, peopleList } from "#components/people/people-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getPeoplePage } from "#lib/domain/clinic/people/queries.ts";
import { PEOPLE_PAGE_SIZES } from "#lib/domain/clinic/people/schema.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("title") };
}

export default async function PeoplePage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, peopleList.shape);
  const { page: people, allowedRoles } = await readPage(() =>
    getPeoplePage(ctx, {
      ...peopleAsked(state),
      page: state.page,
      size: PEOPLE_PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, reviews, locale] = await Promise.all([
    getTranslations("people"),
    getTranslations("access-reviews"),
    getLocale(),
  ]);
  const path = `${start}/people`;
  const invite = can(ctx, "member.invite") && (
    <LinkButton href={`${path}/invite`} variant="primary">
      {t("invite.action")}
    </LinkButton>
  );
  const bringIn = can(ctx, "tool.import") && (
    <LinkButton href={`${start}/import?kind=people`}>{t("bringIn")}</LinkButton>
  );
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(people.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={t("title")}
        lede={t("lede")}
        actions={
          <>
            <LinkButton href={`${path}/access-reviews`}>{reviews("title")}</LinkButton>
            <LinkButton href={`${path}/officers`}>{t("officers.action")}</LinkButton>
            {can(ctx, "emergency_access.read") && (
              <LinkButton href={`${path}/emergency-access`}>{t("emergencyAccess")}</LinkButton>
            )}
            <LinkButton href={`${path}/locations`}>{t("locations.title")}</LinkButton>
            {invite && (
              <LinkButton href={`${path}/invitations`}>
                {t("invitations.action", { count: people.invitations })}
              </LinkButton>
            )}
            {bringIn}
            {invite}
          </>
        }
      />
      <WhyAsked place="people" />
      <Notice />
      <PeopleList
        path={path}
        downloads={`/api/lists/${ctx.slug}/people`}
        state={state}
        people={people}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState
            title={t("empty.title")}
            why={t("empty.why")}
            action={
              <>
                {invite}
                {bringIn}
              </>
            }
          >
            {t("empty.text")}
          </EmptyState>
        }
      />
    </>
  );
}
