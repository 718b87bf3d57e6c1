import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { AdoptProhibitedForm } from "#components/tools/adopt-forms.tsx";
import { RegisterList, registerAsked, registerList } from "#components/tools/register-list.tsx";
import { UpdateBanner } from "#components/tools/update-banner.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { adoptProhibitedAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tools");
  return { title: t("title") };
}

export default async function RegisterPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, registerList.shape);
  const { page: register, allowedRoles } = await readPage(() =>
    getRegisterPage(ctx, {
      ...registerAsked(state),
      page: state.page,
      size: PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const imports = await getTranslations("import");
  const [t, exceptions, locale] = await Promise.all([
    getTranslations("tools"),
    getTranslations("exceptions"),
    getLocale(),
  ]);
  const path = `${start}/tools`;
  const mayAdopt = can(ctx, "tool.adopt");
  const isEmpty = Object.keys(register.counts).length === 0;
  return (
    <ClientMessages namespaces={["tools"]}>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(register.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={t("title")}
        lede={t("lede")}
        actions={
          <>
            {can(ctx, "tool_exception.read") && (
              <LinkButton href={`${path}/exceptions`}>{exceptions("title")}</LinkButton>
            )}
            {mayAdopt && (
              <>
                <LinkButton href={`/c/${ctx.slug}/import`}>{imports("title")}</LinkButton>
                <LinkButton href={`${path}/new`}>{t("registerByHand")}</LinkButton>
                {!isEmpty && (
                  <LinkButton href={`${path}/catalogue`} variant="primary">
                    {t("adoptFromCatalogue")}
                  </LinkButton>
                )}
              </>
            )}
          </>
        }
      />
      <WhyAsked place="register" />
      <Notice />
      <UpdateBanner count={register.updates} href={`${path}/updates`} />
      <RegisterList
        path={path}
        downloads={`/api/lists/${ctx.slug}/tools`}
        state={state}
        register={register}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState
            title={t("empty.title")}
            why={t("empty.why")}
            action={
              mayAdopt && (
                <div className="flex flex-wrap items-start gap-2">
                  <LinkButton href={`${path}/catalogue`} variant="primary">
                    {t("adoptFromCatalogue")}
                  </LinkButton>
                  <AdoptProhibitedForm
                    adopt={adoptProhibitedAction.bind(null, clinic)}
                    label={t("catalogue.adoptProhibited")}
                  />
                </div>
              )
            }
          >
            <p>{t("empty.text")}</p>
            <p className="mt-2">{mayAdopt ? t("empty.prohibited") : t("empty.askOfficer")}</p>
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}
