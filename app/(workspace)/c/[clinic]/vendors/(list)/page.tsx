import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { VendorList, vendorList, vendorsAsked } from "#components/vendors/vendor-list.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getVendorsPage } from "#lib/domain/vendors/queries.ts";
import { VENDOR_PAGE_SIZES } from "#lib/domain/vendors/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("title") };
}

export default async function VendorsPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, vendorList.shape);
  const { page: vendors, allowedRoles } = await readPage(() =>
    getVendorsPage(ctx, {
      ...vendorsAsked(state),
      page: state.page,
      size: VENDOR_PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("vendors"), getLocale()]);
  const imports = await getTranslations("import");
  const path = `${start}/vendors`;
  const add = can(ctx, "vendor.keep") && (
    <LinkButton href={`${path}/new`} variant="primary">
      {t("register")}
    </LinkButton>
  );
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(vendors.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={t("title")}
        lede={t("lede")}
        actions={
          <>
            {can(ctx, "tool.import") && <LinkButton href={`${start}/import`}>{imports("title")}</LinkButton>}
            {add}
          </>
        }
      />
      <WhyAsked place="vendors" />
      <Notice />
      <VendorList
        path={path}
        downloads={`/api/lists/${ctx.slug}/vendors`}
        state={state}
        vendors={vendors}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState title={t("empty.title")} why={t("empty.why")} action={add}>
            <p>{t("empty.text")}</p>
            {!add && <p className="mt-2">{t("empty.askOfficer")}</p>}
          </EmptyState>
        }
      />
    </>
  );
}
