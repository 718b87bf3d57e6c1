import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { WorksheetList } from "#components/tools/worksheet-list.tsx";
import { WorksheetStartForm } from "#components/tools/worksheet-start-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getWorksheetsPage } from "#lib/domain/vendors/worksheet/queries.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { startWorksheetAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("due-diligence");
  return { title: t("title") };
}

export default async function DueDiligencePage({ params }: PageProps) {
  const { clinic, toolId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getWorksheetsPage(ctx, { toolId }));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("due-diligence"), getLocale()]);
  const { tool, worksheets, today } = page;
  const name = `${tool.product}, ${tool.surface}`;
  const href = `${start}/tools/${tool.id}/due-diligence`;
  const draft = worksheets.find(({ status }) => status === "draft");
  const last = worksheets.find(({ status }) => status === "complete");
  const mayKeep = can(ctx, "due_diligence.keep");
  return (
    <ClientMessages namespaces={["due-diligence"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${t("title")}: ${name}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader title={t("title")} lede={t("lede")} back={{ href: `${start}/tools/${tool.id}`, label: name }} />
      <Notice />
      <div className="space-y-6">
        {worksheets.length === 0 && <p className="text-sm">{t("none")}</p>}
        {worksheets.length > 0 && (
          <WorksheetList worksheets={worksheets} today={today} timeZone={ctx.timeZone} href={href} />
        )}
        <p className="max-w-prose text-muted text-sm">{t("why")}</p>
        {mayKeep && draft !== undefined && (
          <LinkButton href={`${href}/${draft.id}`} variant="primary">
            {t("goOn")}
          </LinkButton>
        )}
        {mayKeep && draft === undefined && (
          <div className="max-w-prose print:hidden">
            <WorksheetStartForm
              start={startWorksheetAction.bind(null, clinic)}
              toolId={tool.id}
              from={last?.number ?? null}
            />
          </div>
        )}
      </div>
    </ClientMessages>
  );
}
