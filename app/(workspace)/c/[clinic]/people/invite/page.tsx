import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { InviteForm } from "#components/people/invite-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getInviteForm } from "#lib/domain/clinic/people/queries.ts";
import { reaches } from "#lib/domain/clinic/people/rules.ts";
import { INVITATION_DAYS } from "#lib/domain/clinic/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { env } from "#lib/platform/env.ts";
import { inviteMemberAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("invite.title") };
}

export default async function InvitePage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getInviteForm(ctx, {}));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("people");
  const path = `${start}/people`;
  const byMail = env().RESEND_API_KEY !== undefined;
  return (
    <ClientMessages namespaces={["people"]}>
      <PageHeader
        title={t("invite.title")}
        lede={t(byMail ? "invite.ledeByMail" : "invite.lede", { days: INVITATION_DAYS })}
        back={{ href: path, label: t("title") }}
        actions={<LinkButton href={`${path}/invitations`}>{t("invitations.title")}</LinkButton>}
      />
      <div className="max-w-prose">
        <InviteForm
          invite={inviteMemberAction.bind(null, clinic)}
          roles={ROLES.filter((role) => reaches(ctx.actor, role)).toReversed()}
          locations={page.locations}
          byMail={byMail}
        />
      </div>
    </ClientMessages>
  );
}
