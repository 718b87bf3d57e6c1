import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { InferencePath } from "#components/tools/inference-path.tsx";
import { InferencePathForm } from "#components/tools/inference-path-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { OptionGroup } from "#components/ui/select.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { can } from "#lib/domain/permissions.ts";
import { getInferencePathPage } from "#lib/domain/vendors/paths/queries.ts";
import { type BaaChoice, HOPS_MAX, type PathShown } from "#lib/domain/vendors/paths/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { recordInferencePathAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string }> };

const readPaths = cache(async (clinic: string, toolId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getInferencePathPage(ctx, { toolId }));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, toolId } = await params;
  const { page } = await readPaths(clinic, toolId);
  const t = await getTranslations("paths");
  return page ? { title: `${t("title")}: ${page.tool.product}, ${page.tool.surface}` } : {};
}

export default async function InferencePathPage({ params }: PageProps) {
  const { clinic, toolId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPaths(clinic, toolId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("paths"), getLocale()]);
  const { tool, paths, baas, today } = page;
  const [newest = null, ...earlier] = paths;
  const name = `${tool.product}, ${tool.surface}`;
  const mayRecord = can(ctx, "path.record");
  const shown = { today, timeZone: ctx.timeZone, start, filesPath: `/api/files/${ctx.slug}` };
  const words = (state: string) => t(`form.baaState.${state}`);
  return (
    <ClientMessages namespaces={["paths"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${t("title")}: ${name}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={t("title")}
        lede={t("lede")}
        back={{ href: `${start}/tools/${tool.id}`, label: name }}
        actions={mayRecord && newest !== null && <LinkButton href="#record">{t("recordAgain")}</LinkButton>}
      />
      <Notice />
      <div className="space-y-10">
        {newest === null ? (
          <p className="max-w-prose text-sm">{t("none")}</p>
        ) : (
          <Section id="newest" title={t("number", { number: newest.number })} lede={t("newest")}>
            <InferencePath path={newest} {...shown} />
          </Section>
        )}
        <p className="max-w-prose text-muted text-sm">{t("why")}</p>
        {mayRecord && (
          <div className="print:hidden">
            <Section id="record" title={t("form.title", { product: tool.product })} lede={t("form.lede")} boxed>
              {newest !== null && <p className="mb-4 text-sm">{t("form.prefilled", { number: newest.number })}</p>}
              <div className="max-w-3xl">
                <InferencePathForm
                  record={recordInferencePathAction.bind(null, clinic)}
                  toolId={tool.id}
                  after={newest?.number ?? 0}
                  {...typedPath(newest)}
                  hopsMax={HOPS_MAX}
                  baas={byVendor(baas, words)}
                  fileBytesMax={FILE_BYTES_MAX}
                />
              </div>
            </Section>
          </div>
        )}
        {newest !== null && (
          <Section id="earlier" title={t("history.title")} lede={t("history.lede")}>
            {earlier.length === 0 && <p className="text-muted text-sm">{t("history.none")}</p>}
            <ol className="space-y-6">
              {earlier.map((path) => (
                <li key={path.number} className="border-l-2 pl-4">
                  <h3 className="mb-2 font-medium">{t("number", { number: path.number })}</h3>
                  <InferencePath path={path} {...shown} />
                </li>
              ))}
            </ol>
          </Section>
        )}
      </div>
    </ClientMessages>
  );
}

function typedPath(path: PathShown | null) {
  const hops = (path?.hops ?? []).map(({ processor, role, place, coverage, baaId, evidence, file, ...hop }) => ({
    ...{ processor, role, place, coverage, evidence, file },
    ...{ baaId: baaId ?? "", shownOn: hop.shownOn ?? "", shownUntil: hop.shownUntil ?? "" },
  }));
  return { hops, stated: { statedIn: path?.statedIn ?? "", statedOn: path?.statedOn ?? "", file: path?.file ?? null } };
}

function byVendor(baas: readonly BaaChoice[], words: (state: string) => string): OptionGroup[] {
  const groups = Map.groupBy(baas, ({ vendor }) => vendor);
  return [...groups].map(([vendor, choices]) => ({
    label: vendor,
    options: choices.map(({ id, reference, state }) => ({
      value: id,
      label: `${reference} (${words(state ?? "none")})`,
    })),
  }));
}
