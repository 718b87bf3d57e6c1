import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClinicFacts } from "#components/clinic/clinic-facts.tsx";
import { ClinicFactsForm } from "#components/clinic/clinic-facts-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { US_TIME_ZONES } from "#lib/domain/clinic/schema.ts";
import { getClinicFacts } from "#lib/domain/clinic/settings/queries.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { describeClinicAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinic-facts");
  return { title: t("title") };
}

export default async function ClinicFactsPage({ params }: PageProps) {
  const ctx = await requireClinicContext((await params).clinic);
  const { page, allowedRoles } = await readPage(() => getClinicFacts(ctx, {}));
  const settings = `/c/${ctx.slug}/settings`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={settings} />;
  const [t, zone, locale] = await Promise.all([
    getTranslations("clinic-facts"),
    getTranslations("clinic.zone"),
    getLocale(),
  ]);
  const { facts, asOf } = page;
  const own = US_TIME_ZONES.map(({ zone: value, name }) => ({ value, label: zone(name) }));
  const others = Intl.supportedValuesOf("timeZone").filter((value) => !own.some((known) => known.value === value));
  const plain = (value: string) => value.replaceAll("_", " ");
  const zones = [
    { label: t("zonesUnitedStates"), options: own },
    { label: t("zonesAll"), options: others.map((value) => ({ value, label: plain(value) })) },
  ];
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader title={t("title")} lede={t("lede")} back={{ href: settings, label: t("back") }} />
      <Notice />
      <div className="max-w-prose">
        {can(ctx, "clinic.configure") ? (
          <ClientMessages namespaces={["clinic-facts"]}>
            <ClinicFactsForm
              key={facts.version}
              describe={describeClinicAction.bind(null, ctx.slug)}
              facts={facts}
              zones={zones}
            />
          </ClientMessages>
        ) : (
          <ClinicFacts
            facts={facts}
            zone={own.find(({ value }) => value === facts.timeZone)?.label ?? plain(facts.timeZone)}
          />
        )}
      </div>
    </>
  );
}
