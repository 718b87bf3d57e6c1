import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { StatusBadge } from "#components/tools/status-badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { AgreementList } from "#components/vendors/agreement-list.tsx";
import { AssociateBadge } from "#components/vendors/vendor-badges.tsx";
import { VendorFacts } from "#components/vendors/vendor-facts.tsx";
import { VendorHistory } from "#components/vendors/vendor-history.tsx";
import { VendorTools } from "#components/vendors/vendor-tools.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { STATUSES } from "#lib/domain/tools/schema.ts";
import { getVendorPage } from "#lib/domain/vendors/queries.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string; vendorId: string }> };

const readVendor = cache(async (clinic: string, vendorId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getVendorPage(ctx, { vendorId }));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, vendorId } = await params;
  const { page } = await readVendor(clinic, vendorId);
  return page ? { title: page.vendor.name } : {};
}

export default async function VendorPage({ params }: PageProps) {
  const { clinic, vendorId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readVendor(clinic, vendorId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("vendors"), getLocale()]);
  const { vendor, baas, tools, moreTools, descriptions, termTitles, today, asOf } = page;
  const path = `${start}/vendors/${vendor.id}`;
  const record = can(ctx, "baa.record") && (
    <LinkButton href={`${path}/baas/new`} variant="primary">
      {t("agreements.record")}
    </LinkButton>
  );
  const places = { path, toolsPath: `${start}/tools`, filesPath: `/api/files/${ctx.slug}`, timeZone: ctx.timeZone };
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={vendor.name} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={vendor.name}
        lede={vendor.jurisdiction}
        status={<AssociateBadge associate={vendor.businessAssociate} />}
        back={{ href: `${start}/vendors`, label: t("title") }}
        actions={
          <>
            {can(ctx, "vendor.keep") && <LinkButton href={`${path}/facts`}>{t("describe.action")}</LinkButton>}
            {baas.length > 0 && record}
          </>
        }
      />
      <WhyAsked place="baas" />
      <Notice />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          <Section id="agreements" title={t("agreements.title")} lede={t("agreements.lede")}>
            {baas.length === 0 ? (
              <EmptyState title={t("agreements.noneTitle")} why={t("agreements.noneWhy")} action={record}>
                {t("agreements.noneText")}
              </EmptyState>
            ) : (
              <AgreementList {...places} baas={baas} termTitles={termTitles} today={today} />
            )}
          </Section>
          <Section id="tools" title={t("tools.title")} lede={t("tools.lede")}>
            <VendorTools
              tools={tools}
              more={moreTools}
              moreHref={`${places.toolsPath}?q=${encodeURIComponent(vendor.name)}`}
              path={places.toolsPath}
              status={(tool) => {
                const status = STATUSES.find((known) => known === tool.status);
                return status && <StatusBadge status={status} plain />;
              }}
            />
          </Section>
          <Section id="facts" title={t("facts.title")} lede={t("facts.lede")}>
            <VendorFacts vendor={vendor} />
          </Section>
        </div>
        <Section id="history" title={t("history.title")} lede={t("history.lede")}>
          <VendorHistory {...{ vendor, descriptions, baas, path }} timeZone={ctx.timeZone} />
        </Section>
      </div>
    </>
  );
}
