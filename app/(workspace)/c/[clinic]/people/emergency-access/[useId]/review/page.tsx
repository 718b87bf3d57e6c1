import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { ReviewEmergencyForm } from "#components/people/emergency-forms.tsx";
import { EmergencyReviewFacts, EmergencyUseFacts } from "#components/people/emergency-use-view.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { reviewEmergencyAccessAction } from "../../actions.ts";
import { readUse } from "../read-use.ts";
import { UseEvents } from "../use-events.tsx";

type PageProps = { params: Promise<{ clinic: string; useId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergency-access");
  return { title: t("review.tab") };
}

export default async function ReviewEmergencyAccessPage({ params }: PageProps) {
  const { clinic, useId } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "emergency_access.review"))
    return <ForbiddenPage allowedRoles={rolesWith("emergency_access.review")} backHref={start} />;
  const { page } = await readUse(clinic, useId);
  if (page === undefined) return null;
  const t = await getTranslations("emergency-access");
  const { use, events, entries, names, mayReview, today } = page;
  const { timeZone } = ctx;
  const name = use.member;
  const back = `${start}/people/emergency-access/${use.id}`;
  const hindrance = use.review !== null ? "reviewed" : use.overAt === null ? "open" : "own";
  return (
    <ClientMessages namespaces={["emergency-access", "ledger"]}>
      <PageHeader
        title={t("review.title", { name })}
        lede={t("review.lede")}
        back={{ href: back, label: t("use.title", { name }) }}
      />
      <div className="max-w-3xl space-y-8">
        <EmergencyUseFacts {...{ use, entries, today, timeZone }} />
        <UseEvents events={events} count={entries} names={names} clinicPath={start} timeZone={timeZone} />
        <Section id="review" title={t("use.review")}>
          <ReviewEmergencyForm
            review={reviewEmergencyAccessAction.bind(null, clinic)}
            useId={use.id}
            reviewer={ctx.actor.kind === "member" ? ctx.actor.name : ""}
            instead={
              mayReview ? null : (
                <>
                  <Callout
                    tone="caution"
                    title={t(`review.cannot.${hindrance}`, { name: use.review?.by ?? "" })}
                    actions={use.review !== null && <LinkButton href={`${back}#review`}>{t("review.read")}</LinkButton>}
                  >
                    {t(`review.cannotText.${hindrance}`)}
                  </Callout>
                  {use.review !== null && <EmergencyReviewFacts review={use.review} timeZone={timeZone} />}
                </>
              )
            }
          />
        </Section>
      </div>
    </ClientMessages>
  );
}
