import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Surfaces } from "#components/vendors/agreement-facts.tsx";
import { TerminateForm } from "#components/vendors/termination-forms.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getBaaPage } from "#lib/domain/vendors/baas/queries.ts";
import { terminateBaaAction } from "../../../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; vendorId: string; baaId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("termination.shortTitle") };
}

export default async function EndBaaPage({ params }: PageProps) {
  const { clinic, vendorId, baaId } = await params;
  const ctx = await requireClinicContext(clinic);
  const back = `/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`;
  if (!can(ctx, "baa.record"))
    return <ForbiddenPage allowedRoles={rolesWith("baa.record")} backHref={`/c/${ctx.slug}`} />;
  const { page } = await readPage(() => getBaaPage(ctx, { vendorId, baaId }));
  if (page === undefined) return null;
  const t = await getTranslations("vendors");
  const { baa, restingOn } = page;
  const named = baa.versions.find((version) => version.number === baa.governing)?.surfaces ?? [];
  const affected = [...named, ...restingOn.filter((tool) => !named.some((other) => other.id === tool.id))];
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PageHeader
        title={t("termination.title", { reference: baa.reference })}
        lede={t("termination.lede")}
        back={{ href: back, label: baa.reference }}
      />
      <div className="max-w-prose space-y-6">
        {affected.length > 0 && (
          <div className="text-sm">
            <p className="font-medium">{t("termination.rests")}</p>
            <Surfaces tools={affected} path={`/c/${ctx.slug}/tools`} />
          </div>
        )}
        <TerminateForm terminate={terminateBaaAction.bind(null, clinic)} baa={{ id: baa.id, version: baa.version }} />
      </div>
    </ClientMessages>
  );
}
