import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { ChangeRoleForm } from "#components/people/member-forms.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { reaches } from "#lib/domain/clinic/people/rules.ts";
import { ROLES } from "#lib/domain/context.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { changeRoleAction } from "../../actions.ts";
import { readMember } from "../read-member.ts";

type PageProps = { params: Promise<{ clinic: string; memberId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("changeRole.tab") };
}

export default async function ChangeRolePage({ params }: PageProps) {
  const { clinic, memberId } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "member.keep")) return <ForbiddenPage allowedRoles={rolesWith("member.keep")} backHref={start} />;
  const { page } = await readMember(clinic, memberId);
  if (page === undefined) return null;
  const t = await getTranslations("people");
  const { member } = page;
  return (
    <ClientMessages namespaces={["people"]}>
      <PageHeader
        title={t("changeRole.title", { name: member.name })}
        lede={t("changeRole.lede")}
        back={{ href: `${start}/people/${member.id}`, label: member.name }}
      />
      <div className="max-w-prose">
        <ChangeRoleForm
          change={changeRoleAction.bind(null, clinic)}
          member={{ id: member.id, version: member.version, role: member.role }}
          roles={ROLES.filter((role) => reaches(ctx.actor, role)).toReversed()}
        />
      </div>
    </ClientMessages>
  );
}
