import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { PolicyVersionPage, policyMetadata } from "../policy-version-page.tsx";

type PageProps = { params: Promise<{ clinic: string; code: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  return policyMetadata({ ...(await params), language: (await searchParams).language });
}

export default async function PolicyPage({ params, searchParams }: PageProps) {
  const t = await getTranslations("policies");
  return (
    <PolicyVersionPage
      address={{ ...(await params), language: (await searchParams).language }}
      back={(start) => ({ href: `${start}/policies`, label: t("title") })}
    />
  );
}
