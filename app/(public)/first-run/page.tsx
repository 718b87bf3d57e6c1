import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { FirstRunForm } from "#components/clinic/first-run-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { isFirstRun } from "#lib/domain/clinic/current.ts";
import { PASSWORD_LENGTH_MIN, US_TIME_ZONES } from "#lib/domain/clinic/schema.ts";
import { foundClinicAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinic.firstRun");
  return { title: t("title") };
}

export default async function FirstRunPage() {
  if (!(await isFirstRun())) redirect("/sign-in");
  const t = await getTranslations("clinic");
  const timeZones = [
    {
      label: t("firstRun.zonesUnitedStates"),
      options: US_TIME_ZONES.map(({ zone, name }) => ({ value: zone, label: t(`zone.${name}`) })),
    },
    {
      label: t("firstRun.zonesAll"),
      options: otherTimeZones().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
    },
  ];
  return (
    <ClientMessages namespaces={["clinic"]}>
      <PageHeader title={t("firstRun.title")} lede={t("firstRun.lede")} />
      <FirstRunForm action={foundClinicAction} timeZones={timeZones} passwordLengthMin={PASSWORD_LENGTH_MIN} />
    </ClientMessages>
  );
}

function otherTimeZones(): string[] {
  const named = new Set<string>(US_TIME_ZONES.map(({ zone }) => zone));
  return Intl.supportedValuesOf("timeZone").filter((zone) => !named.has(zone));
}
