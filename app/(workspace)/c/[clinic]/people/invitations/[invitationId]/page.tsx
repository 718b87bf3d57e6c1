import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { InvitationForms } from "#components/people/invite-form.tsx";
import { InvitationFacts } from "#components/people/member-facts.tsx";
import { InvitationStateBadge } from "#components/people/person-badges.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getInvitation } from "#lib/domain/clinic/people/queries.ts";
import { reaches } from "#lib/domain/clinic/people/rules.ts";
import { OPEN_STATES } from "#lib/domain/clinic/people/schema.ts";
import { env } from "#lib/platform/env.ts";
import { renewInvitationAction, revokeInvitationAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; invitationId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("invitation.tab") };
}

export default async function InvitationPage({ params }: PageProps) {
  const { clinic, invitationId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page: invitation, allowedRoles } = await readPage(() => getInvitation(ctx, { invitationId }));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("people");
  const isOpen = OPEN_STATES.some((state) => state === invitation.state);
  return (
    <ClientMessages namespaces={["people"]}>
      <PageHeader
        title={t("invitation.title", { name: invitation.name })}
        status={<InvitationStateBadge state={invitation.state} />}
        back={{ href: `${start}/people/invitations`, label: t("invitations.title") }}
      />
      <div className="max-w-prose space-y-8">
        <InvitationFacts invitation={invitation} timeZone={ctx.timeZone} />
        {isOpen && !reaches(ctx.actor, invitation.role) && <p className="text-muted text-sm">{t("aboveOwn")}</p>}
        {invitation.newerId !== null && (
          <p>
            {t("invitation.replaced")}{" "}
            <Link className="link" href={`${start}/people/invitations/${invitation.newerId}`}>
              {t("invitation.newer")}
            </Link>
          </p>
        )}
        {/* Stays where it is when a new link has ended this one: its answer has the link. */}
        {reaches(ctx.actor, invitation.role) && (
          <InvitationForms
            renew={renewInvitationAction.bind(null, clinic)}
            revoke={revokeInvitationAction.bind(null, clinic)}
            invitationId={invitation.id}
            isOpen={isOpen}
            byMail={env().RESEND_API_KEY !== undefined}
          />
        )}
      </div>
    </ClientMessages>
  );
}
