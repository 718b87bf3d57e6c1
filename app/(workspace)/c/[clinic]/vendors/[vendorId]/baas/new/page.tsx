import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RecordBaaForm } from "#components/vendors/record-baa-form.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getNewBaaForm } from "#lib/domain/vendors/baas/queries.ts";
import { recordBaaAction } from "../../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; vendorId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("record.shortTitle") };
}

export default async function NewBaaPage({ params }: PageProps) {
  const { clinic, vendorId } = await params;
  const ctx = await requireClinicContext(clinic);
  const back = `/c/${ctx.slug}/vendors/${vendorId}`;
  if (!can(ctx, "baa.record"))
    return <ForbiddenPage allowedRoles={rolesWith("baa.record")} backHref={`/c/${ctx.slug}`} />;
  const { page } = await readPage(() => getNewBaaForm(ctx, { vendorId }));
  if (page === undefined) return null;
  const t = await getTranslations("vendors");
  const { vendor, tools } = page;
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PageHeader
        title={t("record.title", { name: vendor.name })}
        lede={t("record.lede")}
        back={{ href: back, label: vendor.name }}
      />
      <div className="max-w-prose">
        <RecordBaaForm
          record={recordBaaAction.bind(null, clinic)}
          vendorId={vendor.id}
          ourParty={ctx.clinicName}
          tools={tools}
          fileBytesMax={FILE_BYTES_MAX}
        />
      </div>
    </ClientMessages>
  );
}
