import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { DesignationHistory, OfficeView } from "#components/people/office-view.tsx";
import { DesignateForm, EndDesignationForm } from "#components/people/officer-forms.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getOfficersPage } from "#lib/domain/clinic/settings/queries.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { designateOfficerAction, endDesignationAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("officers.title") };
}

export default async function OfficersPage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getOfficersPage(ctx, {}));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("people"), getLocale()]);
  const { offices, designations, people, today, asOf } = page;
  const path = `${start}/people`;
  const title = t("officers.title");
  const designates = can(ctx, "officer.designate");
  return (
    <ClientMessages namespaces={["people"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader title={title} lede={t("officers.lede")} back={{ href: path, label: t("title") }} />
      <WhyAsked place="officers" />
      <Notice />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          {offices.map(({ office, holder, next, warnings }) => (
            <Section
              key={office}
              id={office}
              title={t(`officers.office.${office}`)}
              lede={t(`officers.rule.${office}`)}
            >
              <OfficeView {...{ office, holder, next, warnings, path }} />
              {designates && (
                <details className="mt-4 print:hidden">
                  <summary className="link cursor-pointer">{t(`officers.change.${office}`)}</summary>
                  <div className="mt-4 space-y-8">
                    <DesignateForm
                      designate={designateOfficerAction.bind(null, clinic)}
                      {...{ office, people, today }}
                    />
                    {holder !== null && holder.toOn === null && (
                      <EndDesignationForm
                        end={endDesignationAction.bind(null, clinic)}
                        designationId={holder.id}
                        today={today}
                      />
                    )}
                  </div>
                </details>
              )}
            </Section>
          ))}
          {!designates && <p className="text-muted text-sm">{t("officers.who")}</p>}
        </div>
        <Section id="history" title={t("history.title")} lede={t("officers.historyLede")}>
          {designations.length === 0 ? (
            <p className="text-muted text-sm">{t("officers.none")}</p>
          ) : (
            <DesignationHistory designations={designations} />
          )}
        </Section>
      </div>
    </ClientMessages>
  );
}
