import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { ChangeLocationForms } from "#components/people/location-forms.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getLocation } from "#lib/domain/clinic/settings/queries.ts";
import { changeLocationAction, closeLocationAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; locationId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("locations.tab") };
}

export default async function LocationPage({ params }: PageProps) {
  const { clinic, locationId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page: location, allowedRoles } = await readPage(() => getLocation(ctx, { locationId }));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  if (location.closedAt !== null) notFound();
  const t = await getTranslations("people");
  return (
    <ClientMessages namespaces={["people"]}>
      <PageHeader title={location.name} back={{ href: `${start}/people/locations`, label: t("locations.title") }} />
      <div className="max-w-prose">
        <ChangeLocationForms
          change={changeLocationAction.bind(null, clinic)}
          close={closeLocationAction.bind(null, clinic)}
          location={location}
        />
      </div>
    </ClientMessages>
  );
}
