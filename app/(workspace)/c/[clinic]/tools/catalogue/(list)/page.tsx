import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { AdoptProhibitedForm, AdoptSelectedForm } from "#components/tools/adopt-forms.tsx";
import { CatalogueList, catalogueAsked, catalogueList } from "#components/tools/catalogue-list.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getCataloguePage } from "#lib/domain/tools/queries.ts";
import { CATALOGUE_SIZES } from "#lib/domain/tools/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { adoptProhibitedAction, adoptToolsAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

const selectionForm = "adopt-selected";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tools");
  return { title: t("catalogue.title") };
}

export default async function CataloguePage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, catalogueList.shape);
  const { page: catalogue, allowedRoles } = await readPage(() =>
    getCataloguePage(ctx, {
      ...catalogueAsked(state),
      page: state.page,
      size: CATALOGUE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("tools"), getLocale()]);
  const { rows, total, size, prohibitedLeft, today, asOf } = catalogue;
  const mayAdopt = can(ctx, "tool.adopt");
  return (
    <ClientMessages namespaces={["tools"]}>
      <PrintHeader clinic={ctx.clinicName} title={t("catalogue.title")} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={t("catalogue.title")}
        lede={t("catalogue.lede", { count: size })}
        back={{ href: `${start}/tools`, label: t("title") }}
        actions={
          mayAdopt &&
          prohibitedLeft > 0 && (
            <AdoptProhibitedForm
              adopt={adoptProhibitedAction.bind(null, clinic)}
              label={t("catalogue.adoptProhibitedCount", { count: prohibitedLeft })}
            />
          )
        }
      />
      {mayAdopt && <p className="-mt-3 mb-5 max-w-prose text-muted text-sm">{t("catalogue.whatAdoptingDoes")}</p>}
      <CatalogueList
        toolsPath={`${start}/tools`}
        downloads={`/api/lists/${ctx.slug}/catalogue`}
        state={state}
        rows={rows}
        total={total}
        clock={{ timeZone: ctx.timeZone, today }}
        selectionForm={mayAdopt ? selectionForm : undefined}
      />
      {mayAdopt && rows.some((entry) => entry.toolId === null) && (
        <AdoptSelectedForm id={selectionForm} adopt={adoptToolsAction.bind(null, clinic)} />
      )}
    </ClientMessages>
  );
}
