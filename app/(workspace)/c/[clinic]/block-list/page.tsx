import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { parseListState } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { BlockListAddressForms } from "#components/tools/block-list-address-forms.tsx";
import { BlockListAddressShown, BlockListFormats, LeftOutHosts } from "#components/tools/block-list-parts.tsx";
import { blockListAsked, blockListList } from "#components/tools/block-list-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getBlockListPage } from "#lib/domain/tools/block-list/queries.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { issueAddressAction, switchOffAddressAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("block-list");
  return { title: t("title") };
}

type BlockListPageProps = {
  params: Promise<{ clinic: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function BlockListPage({ params, searchParams }: BlockListPageProps) {
  const ctx = await requireClinicContext((await params).clinic);
  const state = parseListState(await searchParams, blockListList.shape);
  const { page: read, allowedRoles } = await readPage(() =>
    getBlockListPage(ctx, {
      ...blockListAsked(state),
      page: state.page,
      size: PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={`/c/${ctx.slug}`} />;
  const t = await getTranslations("block-list");
  const locale = await getLocale();
  const moment = (at: Date) => momentText(at, locale, ctx.timeZone);
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={moment(read.asOf)} />
      <PageHeader title={t("title")} lede={t("lede")} />
      <div className="space-y-10">
        <DataTable
          list={blockListList}
          path={`/c/${ctx.slug}/block-list`}
          state={state}
          rows={read.rows}
          total={read.total}
          facts={{ timeZone: ctx.timeZone, today: read.today }}
          downloads={`/api/lists/${ctx.slug}/block-list`}
          empty={
            read.listed === 0 ? (
              <EmptyState title={t("empty")} why={t("emptyWhy")}>
                {t("emptyText")}
              </EmptyState>
            ) : (
              <EmptyState title={t("nothingFound")} />
            )
          }
        />
        {read.listed > 0 && <p className="text-muted text-sm">{t("asOf", { moment: moment(read.at) })}</p>}
        <BlockListFormats formats={read.formats} downloads={`/api/block-list/${ctx.slug}/download`} />
        <LeftOutHosts hosts={read.leftOut} />
        {can(ctx, "block_list.manage_address") && (
          <Section title={t("address.title")} id="address" lede={t("address.lede")}>
            <BlockListAddressShown
              address={read.address}
              since={read.address === null ? "" : t("address.since", { moment: moment(read.address.changedAt) })}
              formats={read.formats.map(({ format }) => format)}
            />
            <ClientMessages namespaces={["block-list"]}>
              <BlockListAddressForms
                issue={issueAddressAction.bind(null, ctx.slug)}
                switchOff={switchOffAddressAction.bind(null, ctx.slug)}
                active={read.address?.active === true}
              />
            </ClientMessages>
          </Section>
        )}
      </div>
    </>
  );
}
