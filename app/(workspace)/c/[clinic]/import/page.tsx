import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { ImportForm } from "#components/tools/import-form.tsx";
import { ImportHowTo } from "#components/tools/import-how-to.tsx";
import { ImportsSoFar } from "#components/tools/import-list.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getImportsPage } from "#lib/domain/tools/imports/queries.ts";
import { IMPORT_KINDS } from "#lib/domain/tools/imports/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { previewImportAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("import");
  return { title: t("title") };
}

type PageProps = {
  params: Promise<{ clinic: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ImportsPage({ params, searchParams }: PageProps) {
  const asked = (await searchParams).kind;
  const ctx = await requireClinicContext((await params).clinic);
  const home = `/c/${ctx.slug}`;
  const { page, allowedRoles } = await readPage(() => getImportsPage(ctx, {}));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={home} />;
  const t = await getTranslations("import");
  return (
    <>
      <PrintHeader
        clinic={ctx.clinicName}
        title={t("title")}
        asOf={momentText(page.asOf, await getLocale(), ctx.timeZone)}
      />
      <PageHeader title={t("title")} lede={t("lede")} />
      <div className="space-y-10">
        <div className="max-w-prose">
          <ClientMessages namespaces={["import"]}>
            <ImportForm
              preview={previewImportAction.bind(null, ctx.slug)}
              kind={IMPORT_KINDS.find((kind) => kind === asked)}
            />
          </ClientMessages>
        </div>
        <ImportHowTo downloads={`/api/import-sheets/${ctx.slug}`} />
        <ImportsSoFar imports={page.imports} home={home} timeZone={ctx.timeZone} />
      </div>
    </>
  );
}
