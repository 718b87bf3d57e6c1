import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { ExceptionEntries } from "#components/tools/exception-entries.tsx";
import { GrantExceptionForm } from "#components/tools/exception-forms.tsx";
import { StatusBadge } from "#components/tools/status-badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getToolExceptions } from "#lib/domain/tools/exceptions/queries.ts";
import { EXCEPTION_DAYS_MAX } from "#lib/domain/tools/exceptions/rules.ts";
import { EXCEPTED_ROLES } from "#lib/domain/tools/exceptions/schema.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { grantExceptionAction, withdrawExceptionAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string }> };

const readExceptions = cache(async (clinic: string, toolId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getToolExceptions(ctx, { toolId }));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, toolId } = await params;
  const { page } = await readExceptions(clinic, toolId);
  const t = await getTranslations("exceptions");
  return page ? { title: t("ofTool", { product: page.tool.product }) } : {};
}

export default async function ToolExceptionsPage({ params }: PageProps) {
  const { clinic, toolId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readExceptions(clinic, toolId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("exceptions"), getLocale()]);
  const { tool, exceptions, today } = page;
  const { grantable, people, latest } = exceptions;
  const mayGrant = can(ctx, "tool_exception.grant");
  const title = t("ofTool", { product: tool.product });
  return (
    <ClientMessages namespaces={["exceptions"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${title}, ${tool.surface}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={title}
        lede={tool.surface}
        status={<StatusBadge status={tool.status} />}
        back={{ href: `${start}/tools/${tool.id}`, label: tool.product }}
      />
      <Notice />
      <div className="max-w-3xl space-y-8">
        <p className="max-w-prose text-muted">{t("ofToolLede")}</p>
        <ExceptionEntries
          rows={exceptions.rows}
          today={today}
          timeZone={ctx.timeZone}
          withdraw={mayGrant ? withdrawExceptionAction.bind(null, clinic) : undefined}
        />
        {mayGrant && !grantable.may && (
          <Callout tone={grantable.code === "not_needed" ? "neutral" : "critical"}>
            {t(`obstacle.${grantable.code}`)}
          </Callout>
        )}
        {mayGrant && grantable.may && (
          <div className="print:hidden">
            <Section id="grant" title={t("form.title")} lede={t("form.lede", { days: EXCEPTION_DAYS_MAX.days })} boxed>
              <GrantExceptionForm
                grant={grantExceptionAction.bind(null, clinic)}
                toolId={tool.id}
                people={people.map(({ memberId, name, role }) => ({
                  value: memberId,
                  label: `${name} (${t(`role.${role}`)})`,
                }))}
                roles={EXCEPTED_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
                latest={dateText(latest, locale)}
              />
            </Section>
          </div>
        )}
      </div>
    </ClientMessages>
  );
}
