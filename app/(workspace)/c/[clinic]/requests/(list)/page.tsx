import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { RequestList, requestList, requestsAsked } from "#components/tools/request-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getRequestQueue } from "#lib/domain/tools/requests/queries.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { OwnRequestsPage } from "../own-requests-page.tsx";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("title") };
}

/** The queue, for those who may read it all; for everybody else what they have asked for. */
export default async function RequestsPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  if (!can(ctx, "tool_request.read")) return <OwnRequestsPage ctx={ctx} />;
  const state = parseListState(asked, requestList.shape);
  const { page: queue, allowedRoles } = await readPage(() =>
    getRequestQueue(ctx, {
      ...requestsAsked(state),
      page: state.page,
      size: PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("requests"), getLocale()]);
  const path = `${start}/requests`;
  return (
    <ClientMessages>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(queue.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={t("title")}
        lede={t("queueLede")}
        actions={
          can(ctx, "tool_request.ask") && (
            <>
              <LinkButton href={`${path}/mine`}>{t("mine")}</LinkButton>
              <LinkButton href={`${path}/new`}>{t("ask")}</LinkButton>
            </>
          )
        }
      />
      <Notice />
      <RequestList
        path={path}
        downloads={`/api/lists/${ctx.slug}/requests`}
        state={state}
        queue={queue}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState title={t("emptyQueue.title")} why={t("emptyQueue.why")}>
            {t("emptyQueue.text")}
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}
