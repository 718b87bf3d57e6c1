import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { DataTable } from "#components/data-table/data-table.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { policyList, policyListWithSignatures } from "#components/policies/policy-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getPoliciesPage } from "#lib/domain/policies/queries.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies");
  return { title: t("title") };
}

export default async function PoliciesPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getPoliciesPage(ctx, {}));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("policies"), getLocale()]);
  const path = `${start}/policies`;
  const mayIssue = can(ctx, "policy.issue");
  const mayKnow = can(ctx, "policy.read_signatures");
  const list = mayKnow ? policyListWithSignatures : policyList;
  return (
    <ClientMessages namespaces={["policies"]}>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(page.asOf, locale, ctx.timeZone)} />
      <PageHeader title={t("title")} lede={t("lede")} />
      <WhyAsked place="policies" />
      <DataTable
        list={list}
        path={path}
        state={parseListState(asked, list.shape)}
        rows={page.rows}
        total={page.total}
        facts={{ timeZone: ctx.timeZone, today: page.today }}
        downloads={mayKnow ? `/api/lists/${ctx.slug}/policies` : undefined}
        rowHref={(policy) => `${path}/${policy.code}`}
        empty={
          <EmptyState
            title={t("empty.title")}
            why={t("empty.why")}
            action={
              mayIssue && (
                <LinkButton href={`${path}/P02/issue`} variant="primary">
                  {t("empty.write")}
                </LinkButton>
              )
            }
          >
            <p>{t("empty.text")}</p>
            {!mayIssue && <p className="mt-2">{t("empty.staff")}</p>}
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}
