import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AdoptOneForm } from "#components/tools/adopt-forms.tsx";
import { Recommendation } from "#components/tools/status-badge.tsx";
import { ToolFacts } from "#components/tools/tool-facts.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getCatalogueEntry } from "#lib/domain/tools/queries.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { adoptToolsAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; key: string }>; searchParams: Promise<SearchParams> };

const readEntry = cache(async (clinic: string, key: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getCatalogueEntry(ctx, { key }));
});

export async function generateMetadata({ params }: Pick<PageProps, "params">): Promise<Metadata> {
  const { clinic, key } = await params;
  const { page } = await readEntry(clinic, key);
  return page?.entry ? { title: `${page.entry.product}, ${page.entry.surface}` } : {};
}

export default async function CatalogueEntryPage({ params, searchParams }: PageProps) {
  const [{ clinic, key }, { request }] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readEntry(clinic, key);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const { entry, toolId, retiredOn } = page;
  if (entry === null) notFound();
  const [t, locale] = await Promise.all([getTranslations("tools"), getLocale()]);
  return (
    <ClientMessages namespaces={["tools"]}>
      <PageHeader
        title={entry.product}
        lede={entry.surface}
        back={{ href: `${start}/tools/catalogue`, label: t("catalogue.title") }}
      />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section id="facts" title={t("facts.title")}>
          <ToolFacts tool={{ ...entry, facts: { ...entry, notes: entry.notes ?? "" } }} />
        </Section>
        <Section id="recommendation" title={t("catalogue.recommends")}>
          <div className="space-y-4">
            <p>
              <Recommendation recommendation={entry.recommendation} />
            </p>
            {entry.deepseek !== "none" && (
              <Callout tone="critical">{t(entry.deepseek === "own" ? "deepseek.own" : "deepseek.blanket")}</Callout>
            )}
            {entry.conditions.length > 0 && (
              <div className="text-sm">
                <p className="font-medium">{t("catalogue.conditions")}</p>
                <ul className="list-disc pl-5">
                  {entry.conditions.map((condition) => (
                    <li key={condition}>{condition}</li>
                  ))}
                </ul>
              </div>
            )}
            {retiredOn !== null && (
              <Callout title={t("catalogue.retiredOn", { date: dateText(retiredOn, locale) })}>
                {t("catalogue.retiredText")}
              </Callout>
            )}
            {toolId !== null && (
              <LinkButton href={`${start}/tools/${toolId}`}>{t("catalogue.openInRegister")}</LinkButton>
            )}
            {toolId === null && can(ctx, "tool.adopt") && (
              <>
                <p className="text-muted text-sm">{t("catalogue.whatAdoptingDoes")}</p>
                <AdoptOneForm
                  adopt={adoptToolsAction.bind(null, clinic)}
                  catalogueKey={entry.key}
                  requestId={typeof request === "string" ? request : undefined}
                />
              </>
            )}
          </div>
        </Section>
      </div>
    </ClientMessages>
  );
}
