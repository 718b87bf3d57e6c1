import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { ApplyImportForm, RenewLinksForm } from "#components/tools/import-apply-form.tsx";
import { ImportPlan } from "#components/tools/import-plan.tsx";
import { ImportResult } from "#components/tools/import-result.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getImportPage } from "#lib/domain/tools/imports/queries.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { env } from "#lib/platform/env.ts";
import { applyImportAction, renewImportedInvitationsAction } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("import");
  return { title: t("title") };
}

type PageProps = {
  params: Promise<{ clinic: string; importId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function OneImportPage({ params, searchParams }: PageProps) {
  const { clinic, importId } = await params;
  const ctx = await requireClinicContext(clinic);
  const home = `/c/${ctx.slug}`;
  const number = Number((await searchParams).page ?? 1);
  const page = Number.isSafeInteger(number) && number >= 1 && number <= 1_000_000 ? number : 1;
  const { page: read, allowedRoles } = await readPage(() => getImportPage(ctx, { importId, page }));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={home} />;
  const t = await getTranslations("import");
  const title = t("plan.title", { kind: read.import.kind });
  const { plan } = read;
  const { kind } = read.import;
  const isOfPeople = kind === "people";
  const byMail = env().RESEND_API_KEY !== undefined;
  return (
    <>
      <PrintHeader
        clinic={ctx.clinicName}
        title={title}
        asOf={momentText(read.asOf, await getLocale(), ctx.timeZone)}
      />
      <PageHeader
        title={title}
        lede={t(plan === null ? "result.lede" : "plan.lede")}
        back={{ href: `${home}/import`, label: t("title") }}
        actions={plan !== null && <LinkButton href={`${home}/import`}>{t("plan.another")}</LinkButton>}
      />
      <Notice />
      <div className="space-y-8">
        {plan !== null && <ImportPlan of={read.import} plan={plan} home={home} />}
        {plan !== null && plan.problemCount > 0 && (
          <p className="font-medium">{t("plan.cannot", { rows: plan.problemRows })}</p>
        )}
        {/* Stays where it is once the file is imported: its answer has the links. */}
        {(plan === null ? isOfPeople : plan.problemCount === 0) && (
          <ClientMessages namespaces={["import"]}>
            <ApplyImportForm
              apply={applyImportAction.bind(null, ctx.slug, importId)}
              kind={kind}
              byMail={byMail}
              plan={plan === null ? null : { seen: plan.sha256, count: plan.counts.added + plan.counts.changed }}
            />
            {plan === null && (
              <RenewLinksForm
                renew={renewImportedInvitationsAction.bind(null, ctx.slug, importId)}
                waiting={read.waiting}
                byMail={byMail}
              />
            )}
          </ClientMessages>
        )}
        {plan === null && <ImportResult of={read.import} home={home} timeZone={ctx.timeZone} />}
      </div>
    </>
  );
}
