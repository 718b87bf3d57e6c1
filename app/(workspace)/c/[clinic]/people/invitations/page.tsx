import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { InvitationList, invitationList, invitationsAsked } from "#components/people/invitation-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getInvitationsPage } from "#lib/domain/clinic/people/queries.ts";
import { PEOPLE_PAGE_SIZES } from "#lib/domain/clinic/people/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("invitations.title") };
}

export default async function InvitationsPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, invitationList.shape);
  const { page: invitations, allowedRoles } = await readPage(() =>
    getInvitationsPage(ctx, {
      ...invitationsAsked(state),
      page: state.page,
      size: PEOPLE_PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("people"), getLocale()]);
  const people = `${start}/people`;
  const title = t("invitations.title");
  const invite = (
    <LinkButton href={`${people}/invite`} variant="primary">
      {t("invite.action")}
    </LinkButton>
  );
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(invitations.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={title}
        lede={t("invitations.lede")}
        back={{ href: people, label: t("title") }}
        actions={invite}
      />
      <Notice />
      <InvitationList
        path={`${people}/invitations`}
        downloads={`/api/lists/${ctx.slug}/invitations`}
        state={state}
        invitations={invitations}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState title={t("invitations.emptyTitle")} action={invite}>
            {t("invitations.emptyText")}
          </EmptyState>
        }
      />
    </>
  );
}
