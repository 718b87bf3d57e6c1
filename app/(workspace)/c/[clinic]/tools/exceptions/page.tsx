import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { ExceptionList, exceptionList, exceptionsAsked } from "#components/tools/exception-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getExceptionsPage } from "#lib/domain/tools/exceptions/queries.ts";
import { EXCEPTION_DAYS_MAX } from "#lib/domain/tools/exceptions/rules.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("exceptions");
  return { title: t("title") };
}

export default async function ExceptionsPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, exceptionList.shape);
  const { page: exceptions, allowedRoles } = await readPage(() =>
    getExceptionsPage(ctx, {
      ...exceptionsAsked(state),
      page: state.page,
      size: PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, tools, locale] = await Promise.all([getTranslations("exceptions"), getTranslations("tools"), getLocale()]);
  return (
    <ClientMessages>
      <PrintHeader
        clinic={ctx.clinicName}
        title={t("title")}
        asOf={momentText(exceptions.asOf, locale, ctx.timeZone)}
      />
      <PageHeader title={t("title")} lede={t("lede")} back={{ href: `${start}/tools`, label: tools("title") }} />
      <ExceptionList
        path={`${start}/tools/exceptions`}
        toolsPath={`${start}/tools`}
        downloads={`/api/lists/${ctx.slug}/exceptions`}
        state={state}
        exceptions={exceptions}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState title={t("empty.title")} why={t("empty.why")}>
            {t("empty.text", { days: EXCEPTION_DAYS_MAX.days })}
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}
