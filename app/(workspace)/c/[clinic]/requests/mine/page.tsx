import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { OwnRequestsPage } from "../own-requests-page.tsx";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("mineTitle") };
}

export default async function MyRequestsPage({ params }: PageProps) {
  return <OwnRequestsPage ctx={await requireClinicContext((await params).clinic)} />;
}
