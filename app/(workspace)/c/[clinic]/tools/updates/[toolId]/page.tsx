import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { StatusBadge } from "#components/tools/status-badge.tsx";
import { Sources } from "#components/tools/tool-facts.tsx";
import { ComparedFieldBox, TwoSides } from "#components/tools/update-compared.tsx";
import { KnownField } from "#components/tools/update-fields.tsx";
import { UpdateForm } from "#components/tools/update-form.tsx";
import { UpdateNotices } from "#components/tools/update-notices.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getUpdatePage } from "#lib/domain/tools/updates/queries.ts";
import { UPDATE_ANSWERS } from "#lib/domain/tools/updates/schema.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { answerCatalogueUpdateAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string }> };

const readUpdate = cache(async (clinic: string, toolId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getUpdatePage(ctx, { toolId }));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, toolId } = await params;
  const { page } = await readUpdate(clinic, toolId);
  const t = await getTranslations("updates");
  return page ? { title: t("one.title", { product: page.tool.product }) } : {};
}

export default async function UpdatePage({ params }: PageProps) {
  const { clinic, toolId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readUpdate(clinic, toolId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("updates"), getLocale()]);
  const { tool, update } = page;
  const tools = `${start}/tools`;
  const title = t("one.title", { product: tool.product });
  return (
    <ClientMessages namespaces={["updates"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(page.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={title}
        lede={tool.surface}
        status={<StatusBadge status={tool.status} />}
        back={{ href: `${tools}/updates`, label: t("title") }}
      />
      {update === null ? (
        <EmptyState
          title={t("one.none")}
          action={<LinkButton href={`${tools}/${tool.id}`}>{t("one.back")}</LinkButton>}
        >
          {t(tool.catalogueKey === null ? "one.notFromCatalogue" : "one.noneText")}
        </EmptyState>
      ) : (
        <Compared page={page} update={update} clinic={clinic} tools={tools} mayAnswer={can(ctx, "tool.adopt")} />
      )}
    </ClientMessages>
  );
}

type Page = Awaited<ReturnType<typeof getUpdatePage>>;
type ComparedProps = {
  page: Page;
  update: NonNullable<Page["update"]>;
  clinic: string;
  tools: string;
  mayAnswer: boolean;
};

async function Compared({ page, update, clinic, tools, mayAnswer }: ComparedProps) {
  const [t, locale] = await Promise.all([getTranslations("updates.one"), getLocale()]);
  const { tool, keptBefore, renamed } = page;
  const { entry, theirs, fields } = update;
  const day = (date: string | null) => (date === null ? t("noDate") : t("asOf", { date: dateText(date, locale) }));
  const heads = {
    ours: `${t("ours")}, ${day(tool.facts.asOf)}`,
    theirs: `${t("theirs")}, ${day(theirs.facts.asOf)}`,
  };
  const deepseekNow = entry.deepseek === tool.deepseek ? null : entry.deepseek;
  const compared = fields.map((field) => ({
    field,
    ours: <KnownField known={tool} field={field} />,
    theirs: <KnownField known={theirs} field={field} />,
    keptBefore: keptBefore.includes(field),
  }));
  return (
    <div className="max-w-3xl space-y-8">
      <UpdateNotices
        status={tool.status}
        deepseekNow={deepseekNow}
        renamed={renamed}
        recommendationChanged={fields.includes("recommendation")}
        toolsPath={tools}
        toolId={tool.id}
      />
      <Section id="compare" title={t("compare")}>
        <TwoSides
          heads={heads}
          ours={<Sources sources={tool.facts.sources} />}
          theirs={<Sources sources={theirs.facts.sources} />}
        />
      </Section>
      <Section id="fields" title={t("fields")} lede={fields.length === 0 ? t("checkedAgain") : t("fieldsLede")}>
        {mayAnswer && deepseekNow === null ? (
          <UpdateForm
            answer={answerCatalogueUpdateAction.bind(null, clinic)}
            toolId={tool.id}
            version={tool.version}
            entrySha256={entry.sha256}
            fields={compared}
            heads={heads}
            choices={UPDATE_ANSWERS}
          />
        ) : (
          <div className="space-y-6">
            {!mayAnswer && <p className="text-muted text-sm">{t("askOfficer")}</p>}
            {compared.map((field) => (
              <ComparedFieldBox key={field.field} compared={field} heads={heads} />
            ))}
          </div>
        )}
      </Section>
    </div>
  );
}
