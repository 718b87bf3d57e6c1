import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { updateList, updatesAsked } from "#components/tools/update-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getUpdatesPage } from "#lib/domain/tools/updates/queries.ts";
import { UPDATE_SIZES } from "#lib/domain/tools/updates/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("updates");
  return { title: t("title") };
}

export default async function UpdatesPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, updateList.shape);
  const { page: updates, allowedRoles } = await readPage(() =>
    getUpdatesPage(ctx, {
      ...updatesAsked(state),
      page: state.page,
      size: UPDATE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, tools, locale] = await Promise.all([getTranslations("updates"), getTranslations("tools"), getLocale()]);
  const path = `${start}/tools/updates`;
  return (
    <ClientMessages>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(updates.asOf, locale, ctx.timeZone)} />
      <PageHeader title={t("title")} lede={t("lede")} back={{ href: `${start}/tools`, label: tools("title") }} />
      {!can(ctx, "tool.adopt") && <p className="mb-4 text-muted text-sm">{t("one.askOfficer")}</p>}
      <DataTable
        list={updateList}
        path={path}
        state={state}
        rows={updates.rows}
        total={updates.total}
        facts={{ timeZone: ctx.timeZone, today: updates.today }}
        downloads={`/api/lists/${ctx.slug}/catalogue-updates`}
        rowHref={(row) => `${path}/${row.toolId}`}
        empty={
          <EmptyState title={t("emptyTitle")} why={t("emptyWhy")}>
            {t("empty")}
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}
