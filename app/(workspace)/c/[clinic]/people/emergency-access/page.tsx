import type { Metadata } from "next";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { EmergencyUseList, emergencyUseList, emergencyUsesAsked } from "#components/people/emergency-use-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEmergencyUsesPage } from "#lib/domain/clinic/emergency-access/queries.ts";
import { USE_PAGE_SIZES } from "#lib/domain/clinic/emergency-access/schema.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergency-access");
  return { title: t("title") };
}

export default async function EmergencyAccessPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, emergencyUseList.shape);
  const { page: uses, allowedRoles } = await readPage(() =>
    getEmergencyUsesPage(ctx, {
      ...emergencyUsesAsked(state),
      page: state.page,
      size: USE_PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale, format] = await Promise.all([getTranslations("emergency-access"), getLocale(), getFormatter()]);
  const path = `${start}/people/emergency-access`;
  const readsAll = can(ctx, "emergency_access.read");
  const { rule, namedToday, mayOpen } = uses;
  const open = mayOpen && (
    <LinkButton href={`${path}/open`} variant="danger">
      {t("openAction")}
    </LinkButton>
  );
  return (
    <>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(uses.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={t("title")}
        lede={t(readsAll ? "lede" : "ledeOwn")}
        back={can(ctx, "member.read") ? { href: `${start}/people`, label: t("people.list") } : undefined}
        actions={
          <>
            {readsAll && <LinkButton href={`${path}/people`}>{t("peopleAction")}</LinkButton>}
            {open}
          </>
        }
      />
      <Notice />
      <p className="mb-6 max-w-prose text-sm wrap-anywhere">
        {t("namedToday", { count: namedToday.length, names: format.list(namedToday) })}{" "}
        {t("rule", { minutes: rule.minutesMax, days: rule.reviewDays })}
      </p>
      <EmergencyUseList
        path={path}
        downloads={`/api/lists/${ctx.slug}/emergency-access`}
        state={state}
        uses={uses}
        timeZone={ctx.timeZone}
        empty={
          readsAll ? (
            <EmptyState title={t("empty.title")} why={t("empty.why")}>
              {t("empty.text")}
            </EmptyState>
          ) : (
            <EmptyState title={t("emptyOwn.title")} action={open}>
              {t("emptyOwn.text")}
            </EmptyState>
          )
        }
      />
    </>
  );
}
