import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RegisterVendorForm } from "#components/vendors/register-vendor-form.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { registerVendorAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("new.title") };
}

export default async function NewVendorPage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "vendor.keep")) return <ForbiddenPage allowedRoles={rolesWith("vendor.keep")} backHref={start} />;
  const t = await getTranslations("vendors");
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PageHeader title={t("new.title")} lede={t("new.lede")} back={{ href: `${start}/vendors`, label: t("title") }} />
      <div className="max-w-prose">
        <RegisterVendorForm register={registerVendorAction.bind(null, clinic)} />
      </div>
    </ClientMessages>
  );
}
