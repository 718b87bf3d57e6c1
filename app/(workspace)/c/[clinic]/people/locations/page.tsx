import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { AddLocationForm } from "#components/people/location-forms.tsx";
import { LocationTable } from "#components/people/location-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getLocations } from "#lib/domain/clinic/settings/queries.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { addLocationAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("locations.title") };
}

export default async function LocationsPage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getLocations(ctx, {}));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("people"), getLocale()]);
  const { locations, asOf } = page;
  const path = `${start}/people/locations`;
  const keeps = can(ctx, "location.keep");
  const title = t("locations.title");
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader title={title} lede={t("locations.lede")} back={{ href: `${start}/people`, label: t("title") }} />
      <Notice />
      <div className="max-w-prose space-y-8">
        {locations.length === 0 ? (
          <EmptyState title={t("locations.emptyTitle")}>{t("locations.emptyText")}</EmptyState>
        ) : (
          <LocationTable
            locations={locations}
            timeZone={ctx.timeZone}
            changeHref={keeps ? (id) => `${path}/${id}` : null}
          />
        )}
        {keeps && (
          <Section id="add" title={t("locations.addTitle")}>
            <ClientMessages namespaces={["people"]}>
              <AddLocationForm add={addLocationAction.bind(null, clinic)} />
            </ClientMessages>
          </Section>
        )}
      </div>
    </>
  );
}
