import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { MemberFacts } from "#components/people/member-facts.tsx";
import { OffboardingForm } from "#components/people/member-forms.tsx";
import { MemberHistory } from "#components/people/member-history.tsx";
import { OffboardingTable } from "#components/people/offboarding-table.tsx";
import { MemberStateBadge } from "#components/people/person-badges.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { reaches } from "#lib/domain/clinic/people/rules.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { settleOffboardingAction } from "../actions.ts";
import { readMember } from "./read-member.ts";

type PageProps = { params: Promise<{ clinic: string; memberId: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, memberId } = await params;
  const { page } = await readMember(clinic, memberId);
  return page ? { title: page.member.name } : {};
}

export default async function MemberPage({ params }: PageProps) {
  const { clinic, memberId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readMember(clinic, memberId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("people"), getLocale()]);
  const { member, grants, descriptions, endings, lastOwner, asOf } = page;
  const path = `${start}/people/${member.id}`;
  const keeps = can(ctx, "member.keep") && reaches(ctx.actor, member.role);
  const access = await getTranslations("domains.factors");
  const isOwn = ctx.actor.kind === "member" && ctx.actor.memberId === member.id;
  const serves = member.state === "active" || member.state === "leaving";
  const opensAccount = can(ctx, "factors.reset") && reaches(ctx.actor, member.role) && serves && !isOwn;
  const ending = endings.find(({ withdrawn }) => withdrawn === null);
  const history = { member, grants, descriptions, endings, timeZone: ctx.timeZone };
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={member.name} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={member.name}
        lede={member.jobTitle}
        status={<MemberStateBadge state={member.state} />}
        back={{ href: `${start}/people`, label: t("title") }}
        actions={
          keeps && (
            <>
              <LinkButton href={`${path}/facts`}>{t("describe.action")}</LinkButton>
              {member.state !== "left" && <LinkButton href={`${path}/role`}>{t("changeRole.action")}</LinkButton>}
              {member.endedOn !== null && <LinkButton href={`${path}/reinstate`}>{t("reinstate.action")}</LinkButton>}
              {member.state !== "left" && <LinkButton href={`${path}/end`}>{t("end.action")}</LinkButton>}
            </>
          )
        }
      />
      <Notice />
      {lastOwner && <p className="mb-6 max-w-prose text-sm">{t("lastOwner", { name: member.name })}</p>}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          <Section id="facts" title={t("facts.title")}>
            <MemberFacts member={member} />
          </Section>
          {opensAccount && (
            <Section id="sign-in" title={access("memberTitle")} lede={access("memberLede")}>
              <div className="flex flex-wrap gap-2">
                <LinkButton href={`${start}/settings/reset-link?member=${member.id}`}>
                  {access("memberLink")}
                </LinkButton>
                <LinkButton href={`${path}/factors`}>{access("memberFactors")}</LinkButton>
              </div>
            </Section>
          )}
          {ending !== undefined && (
            <Section id="offboarding" title={t("offboarding.title")} lede={t("offboarding.lede")}>
              <OffboardingTable items={ending.items} timeZone={ctx.timeZone} />
              {keeps && (
                <details className="mt-4 print:hidden">
                  <summary className="link cursor-pointer">{t("offboarding.change")}</summary>
                  <div className="mt-4">
                    <ClientMessages namespaces={["people"]}>
                      <OffboardingForm
                        key={ending.version}
                        settle={settleOffboardingAction.bind(null, clinic)}
                        ending={{ id: ending.id, version: ending.version }}
                        items={ending.items}
                      />
                    </ClientMessages>
                  </div>
                </details>
              )}
            </Section>
          )}
        </div>
        <Section id="history" title={t("history.title")} lede={t("history.lede")}>
          <MemberHistory {...history} />
        </Section>
      </div>
    </>
  );
}
