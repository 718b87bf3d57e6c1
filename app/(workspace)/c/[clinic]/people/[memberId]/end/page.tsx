import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { EndMemberForm } from "#components/people/member-forms.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { deactivateMemberAction } from "../../actions.ts";
import { readMember } from "../read-member.ts";

type PageProps = { params: Promise<{ clinic: string; memberId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("end.tab") };
}

export default async function EndMemberPage({ params }: PageProps) {
  const { clinic, memberId } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "member.keep")) return <ForbiddenPage allowedRoles={rolesWith("member.keep")} backHref={start} />;
  const { page } = await readMember(clinic, memberId);
  if (page === undefined) return null;
  const t = await getTranslations("people");
  const { member } = page;
  const { rows: tools } = await getRegisterPage(ctx, { status: ["approved_for_phi", "not_for_phi"], size: 100 });
  const products = [...new Set(tools.map(({ product, surface }) => `${product}, ${surface}`))];
  return (
    <ClientMessages namespaces={["people"]}>
      <PageHeader
        title={t("end.title", { name: member.name })}
        lede={t("end.lede")}
        back={{ href: `${start}/people/${member.id}`, label: member.name }}
      />
      <div className="max-w-prose">
        <EndMemberForm
          end={deactivateMemberAction.bind(null, clinic)}
          member={{ id: member.id, version: member.version }}
          today={page.today}
          products={products}
        />
      </div>
    </ClientMessages>
  );
}
