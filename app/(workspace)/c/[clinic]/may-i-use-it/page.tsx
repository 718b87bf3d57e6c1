import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { LookUpExamples } from "#components/tools/look-up-examples.tsx";
import { LookUpForm } from "#components/tools/look-up-form.tsx";
import { LookUpResults } from "#components/tools/look-up-results.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getMayIUseIt } from "#lib/domain/tools/look-up/queries.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

const readLookUp = cache(async (clinic: string, q: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getMayIUseIt(ctx, { q }));
});

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const { page } = await readLookUp(clinic, questionOf(asked));
  const t = await getTranslations("look-up");
  return { title: page?.asked ? t("titleOf", { asked: page.asked }) : t("title") };
}

export default async function MayIUseItPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const { page: found, allowedRoles } = await readLookUp(clinic, questionOf(asked));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("look-up");
  const path = `${start}/may-i-use-it`;
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lede={t("lede")} />
      <LookUpForm path={path} asked={found.asked} />
      <div className="mt-6">
        {found.asked === "" ? (
          <LookUpExamples path={path} />
        ) : (
          <LookUpResults found={found} toolsPath={can(ctx, "tool.read") ? `${start}/tools` : undefined} />
        )}
      </div>
    </div>
  );
}

function questionOf({ q }: SearchParams): string {
  return (typeof q === "string" ? q : q?.[0]) ?? "";
}
