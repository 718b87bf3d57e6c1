import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { DescribeVendorForm } from "#components/vendors/describe-vendor-form.tsx";
import { RenameVendorForm } from "#components/vendors/rename-vendor-form.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getVendorPage } from "#lib/domain/vendors/queries.ts";
import { describeVendorAction, renameVendorAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; vendorId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("describe.shortTitle") };
}

export default async function VendorFactsPage({ params }: PageProps) {
  const { clinic, vendorId } = await params;
  const ctx = await requireClinicContext(clinic);
  const back = `/c/${ctx.slug}/vendors/${vendorId}`;
  if (!can(ctx, "vendor.keep"))
    return <ForbiddenPage allowedRoles={rolesWith("vendor.keep")} backHref={`/c/${ctx.slug}`} />;
  const { page } = await readPage(() => getVendorPage(ctx, { vendorId }));
  if (page === undefined) return null;
  const t = await getTranslations("vendors");
  const { vendor, descriptions } = page;
  const [last] = descriptions;
  const determined =
    last === undefined ? null : { businessAssociate: last.businessAssociate, reason: last.businessAssociateReason };
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PageHeader
        title={t("describe.title", { name: vendor.name })}
        lede={t("describe.lede")}
        back={{ href: back, label: vendor.name }}
      />
      <div className="max-w-prose space-y-10">
        <DescribeVendorForm describe={describeVendorAction.bind(null, clinic)} vendor={{ ...vendor, determined }} />
        <Section id="rename" title={t("rename.title")} lede={t("rename.lede")} boxed>
          <RenameVendorForm
            rename={renameVendorAction.bind(null, clinic)}
            vendor={{ id: vendor.id, version: vendor.version, name: vendor.name }}
          />
        </Section>
      </div>
    </ClientMessages>
  );
}
