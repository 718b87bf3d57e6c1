import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AdoptProhibitedForm, AdoptSelectedForm } from "#components/tools/adopt-forms.tsx";
import { CatalogueList, catalogueShape } from "#components/tools/catalogue-list.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getCataloguePage } from "#lib/domain/tools/queries.ts";
import { CATALOGUE_SIZES, RECOMMENDATIONS } from "#lib/domain/tools/schema.ts";
import { adoptProhibitedAction, adoptToolsAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

const selectionForm = "adopt-selected";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tools");
  return { title: t("catalogue.title") };
}

export default async function CataloguePage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, catalogueShape);
  const { page: catalogue, allowedRoles } = await readPage(() =>
    getCataloguePage(ctx, {
      q: state.q,
      recommendation: RECOMMENDATIONS.filter((status) => state.filters.recommendation?.includes(status)),
      page: state.page,
      size: CATALOGUE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("tools");
  const { rows, total, size, prohibitedLeft } = catalogue;
  const mayAdopt = can(ctx, "tool.adopt");
  return (
    <ClientMessages namespaces={["tools"]}>
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
        state={state}
        rows={rows}
        total={total}
        selectionForm={mayAdopt ? selectionForm : undefined}
      />
      {mayAdopt && rows.some((entry) => entry.toolId === null) && (
        <AdoptSelectedForm id={selectionForm} adopt={adoptToolsAction.bind(null, clinic)} />
      )}
    </ClientMessages>
  );
}
