import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { CheckTermsForm } from "#components/vendors/check-terms-form.tsx";
import { PaperList } from "#components/vendors/papers.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getBaaCheckForm } from "#lib/domain/vendors/baas/queries.ts";
import { CLAUSE_LENGTH_MAX, TERM_NOTE_LENGTH_MAX } from "#lib/domain/vendors/baas/schema.ts";
import { checkBaaTermsAction } from "../../../../actions.ts";

type PageProps = {
  params: Promise<{ clinic: string; vendorId: string; baaId: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("check.shortTitle") };
}

export default async function CheckBaaPage({ params, searchParams }: PageProps) {
  const [{ clinic, vendorId, baaId }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const back = `/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`;
  const number = typeof asked.version === "string" && /^\d{1,6}$/.test(asked.version) ? Number(asked.version) : null;
  const { page, allowedRoles } = await readPage(() => getBaaCheckForm(ctx, { vendorId, baaId, number }));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={`/c/${ctx.slug}`} />;
  const [t, locale] = await Promise.all([getTranslations("vendors"), getLocale()]);
  const { baa, version, newest, terms } = page;
  const language = locale === "es" ? "es" : "en";
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PageHeader
        title={t("check.title", { reference: baa.reference })}
        lede={t("check.lede", { number: version.number })}
        back={{ href: back, label: baa.reference }}
      />
      <div className="mb-6 max-w-prose space-y-3 text-sm">
        {version.documents.length > 0 && (
          <PaperList documents={version.documents} timeZone={ctx.timeZone} filesPath={`/api/files/${ctx.slug}`} />
        )}
        <p>{t("check.help")}</p>
        {baa.checks.length > 0 && <p>{t("check.before")}</p>}
      </div>
      <CheckTermsForm
        check={checkBaaTermsAction.bind(null, clinic)}
        versionId={version.id}
        newest={newest}
        terms={terms.map((term) => ({
          ...{ key: term.key, group: term.group, lookFor: term.lookFor, mayNotApply: term.mayNotApply },
          ...{ clause: term.clause, note: term.note, title: term.title[language], text: term.text[language] },
          citations: term.force === "required" ? term.citations : [],
        }))}
        clauseLengthMax={CLAUSE_LENGTH_MAX}
        noteLengthMax={TERM_NOTE_LENGTH_MAX}
      />
    </ClientMessages>
  );
}
