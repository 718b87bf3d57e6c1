import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { AddDomainForm } from "#components/clinic/domains/add-domain-form.tsx";
import { DomainList } from "#components/clinic/domains/domain-list.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getDomainsPage } from "#lib/domain/clinic/domains/queries.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { offeredProviders, providerName } from "#lib/platform/auth/providers.ts";
import { env } from "#lib/platform/env.ts";
import { addDomainAction, endDomainAction, setJoiningAction, verifyDomainAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("domains");
  return { title: t("title") };
}

export default async function DomainsPage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const settings = `/c/${ctx.slug}/settings`;
  const { page, allowedRoles } = await readPage(() => getDomainsPage(ctx, {}));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={settings} />;
  const [t, locale] = await Promise.all([getTranslations("domains"), getLocale()]);
  const keeps = can(ctx, "domain.keep");
  const offered = offeredProviders().map(({ key, name }) => ({ value: key, label: name }));
  const address = `${env().WARDBOOK_URL}/sign-in?clinic=${ctx.slug}`;
  return (
    <ClientMessages namespaces={["domains"]}>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(page.asOf, locale, ctx.timeZone)} />
      <PageHeader title={t("title")} lede={t("lede")} back={{ href: settings, label: t("back") }} />
      <Notice />
      <div className="max-w-prose space-y-8">
        {offered.length === 0 && <Callout tone="caution" title={t("noneOffered")} />}
        <Section id="address" title={t("addressTitle")} lede={t("addressLede")}>
          <div className="flex flex-wrap items-center gap-3">
            <code className="min-w-0 break-all font-mono text-sm">{address}</code>
            <CopyButton text={address} label={t("copy")} copiedLabel={t("copied")} />
          </div>
        </Section>
        <Section id="domains" title={t("listTitle")}>
          {page.domains.length === 0 ? (
            <EmptyState title={t("emptyTitle")}>{t("emptyText")}</EmptyState>
          ) : (
            <DomainList
              domains={page.domains.map((domain) => ({ ...domain, through: providerName(domain.provider) }))}
              timeZone={ctx.timeZone}
              keeping={
                keeps
                  ? {
                      verify: verifyDomainAction.bind(null, clinic),
                      setJoining: setJoiningAction.bind(null, clinic),
                      end: endDomainAction.bind(null, clinic),
                    }
                  : null
              }
            />
          )}
        </Section>
        {keeps && offered.length > 0 && (
          <Section id="add" title={t("addTitle")}>
            <AddDomainForm add={addDomainAction.bind(null, clinic)} providers={offered} />
          </Section>
        )}
        {!keeps && <p className="text-muted text-sm">{t("who")}</p>}
      </div>
    </ClientMessages>
  );
}
