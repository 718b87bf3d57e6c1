import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { UseStateBadge } from "#components/people/emergency-badges.tsx";
import { EmergencyReviewFacts, EmergencyUseFacts } from "#components/people/emergency-use-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { endEmergencyAccessAction } from "../actions.ts";
import { readUse } from "./read-use.ts";
import { UseEvents } from "./use-events.tsx";

type PageProps = { params: Promise<{ clinic: string; useId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergency-access");
  return { title: t("use.tab") };
}

export default async function EmergencyUsePage({ params }: PageProps) {
  const { clinic, useId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readUse(clinic, useId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("emergency-access"), getLocale()]);
  const { use, events, entries, names, mayEnd, mayReview, today, asOf } = page;
  const { timeZone } = ctx;
  const path = `${start}/people/emergency-access`;
  const title = t("use.title", { name: use.member });
  return (
    <ClientMessages namespaces={["emergency-access", "ledger"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(asOf, locale, timeZone)} />
      <PageHeader
        title={title}
        status={<UseStateBadge state={use.state} />}
        back={{ href: path, label: t("title") }}
        actions={
          <>
            {mayEnd && (
              <form action={endEmergencyAccessAction.bind(null, clinic)}>
                <input type="hidden" name="useId" value={use.id} />
                <Button type="submit" variant="danger">
                  {t("use.end")}
                </Button>
              </form>
            )}
            {mayReview && (
              <LinkButton href={`${path}/${use.id}/review`} variant="primary">
                {t("use.reviewAction")}
              </LinkButton>
            )}
          </>
        }
      />
      <Notice />
      <div className="max-w-3xl space-y-8">
        <EmergencyUseFacts {...{ use, entries, today, timeZone }} />
        <Section id="review" title={t("use.review")}>
          {use.review === null ? (
            <p className="text-muted text-sm">{t("use.reviewWaits")}</p>
          ) : (
            <EmergencyReviewFacts review={use.review} timeZone={timeZone} />
          )}
        </Section>
        {can(ctx, "emergency_access.read") && (
          <UseEvents events={events} count={entries} names={names} clinicPath={start} timeZone={timeZone} />
        )}
      </div>
    </ClientMessages>
  );
}
