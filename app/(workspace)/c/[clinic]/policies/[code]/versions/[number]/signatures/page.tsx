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
import { SignatureCounts } from "#components/policies/signature-counts.tsx";
import { signatureList, signaturesAsked } from "#components/policies/signature-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getPolicySignatures } from "#lib/domain/policies/queries.ts";
import { PAGE_SIZES } from "#lib/domain/policies/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { policyCodeIn, versionNumberIn } from "../../../../policy-address.ts";

type PageProps = {
  params: Promise<{ clinic: string; code: string; number: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.signatures");
  return { title: t("title") };
}

export default async function SignaturesPage({ params, searchParams }: PageProps) {
  const [address, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(address.clinic);
  const [code, number] = [policyCodeIn(address), versionNumberIn(address)];
  const state = parseListState(asked, signatureList.shape);
  const { page, allowedRoles } = await readPage(() =>
    getPolicySignatures(ctx, {
      ...{ ...signaturesAsked(state), code, number, page: state.page },
      size: PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const policy = `/c/${ctx.slug}/policies/${code}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={policy} />;
  const [t, locale] = await Promise.all([getTranslations("policies"), getLocale()]);
  const isNewest = page.newest === number;
  const version = `${t("one", { code })}, ${t("versions.number", { number })}`;
  return (
    <ClientMessages namespaces={["policies"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${t("signatures.title")} · ${version}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={t("signatures.title")}
        lede={isNewest ? t("signatures.lede") : t("signatures.ledeReplaced", { number })}
        back={{ href: isNewest ? policy : `${policy}/versions/${number}`, label: version }}
      />
      <WhyAsked place="signatures" />
      {isNewest && (
        <div className="mb-6 max-w-md">
          <p className="mb-1.5 font-semibold">
            <SignatureCounts counts={page.counted} />
          </p>
          <Progress
            label={t("signatures.title")}
            text={t("signatures.of", page.counted)}
            value={page.counted.signed}
            max={page.counted.of}
            hideText
          />
        </div>
      )}
      <DataTable
        list={signatureList}
        path={`${policy}/versions/${number}/signatures`}
        state={state}
        rows={page.rows}
        total={page.total}
        counts={{ state: page.counts }}
        facts={{ timeZone: ctx.timeZone, today: page.today }}
        downloads={`/api/lists/${ctx.slug}/policies/${code}/${number}`}
        empty={
          <EmptyState title={t("signatures.empty")}>
            <p>{t("signatures.emptyText")}</p>
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}
