import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { AgreementFacts, Surfaces } from "#components/vendors/agreement-facts.tsx";
import { AgreementHistory } from "#components/vendors/agreement-history.tsx";
import { AgreementWarnings } from "#components/vendors/agreement-warnings.tsx";
import { AttachPaperForm } from "#components/vendors/attach-paper-form.tsx";
import { CheckResult } from "#components/vendors/check-result.tsx";
import { Papers } from "#components/vendors/papers.tsx";
import { WithdrawTerminationForm } from "#components/vendors/termination-forms.tsx";
import { BaaBadge } from "#components/vendors/vendor-badges.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { can } from "#lib/domain/permissions.ts";
import { getBaaPage } from "#lib/domain/vendors/baas/queries.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { attachBaaDocumentAction, withdrawBaaTerminationAction } from "../../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; vendorId: string; baaId: string }> };

const readBaa = cache(async (clinic: string, vendorId: string, baaId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getBaaPage(ctx, { vendorId, baaId }));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { clinic, vendorId, baaId } = await params;
  const { page } = await readBaa(clinic, vendorId, baaId);
  return page ? { title: `${page.baa.reference}, ${page.vendor.name}` } : {};
}

export default async function BaaPage({ params }: PageProps) {
  const { clinic, vendorId, baaId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readBaa(clinic, vendorId, baaId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("vendors"), getLocale()]);
  const { vendor, baa, terms, termTitles, restingOn, today, asOf } = page;
  const path = `${start}/vendors/${vendor.id}/baas/${baa.id}`;
  const toolsPath = `${start}/tools`;
  const mayRecord = can(ctx, "baa.record");
  const version = baa.versions.find((candidate) => candidate.number === baa.governing);
  const ending = baa.terminations.find((termination) => termination.withdrawn === null);
  const wordsOf = (number: number, kind: string) => `${t("agreement.version", { number })}: ${t(`kind.${kind}`)}`;
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${baa.reference}, ${vendor.name}`}
        asOf={momentText(asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={baa.reference}
        status={<BaaBadge state={baa.state} />}
        back={{ href: `${start}/vendors/${vendor.id}`, label: vendor.name }}
        actions={
          <>
            {mayRecord && !ending && <LinkButton href={`${path}/end`}>{t("termination.shortTitle")}</LinkButton>}
            {mayRecord && !ending && <LinkButton href={`${path}/version`}>{t("version.action")}</LinkButton>}
            {can(ctx, "baa.check") && (
              <LinkButton href={`${path}/check`} variant="primary">
                {baa.checks.length === 0 ? t("check.action") : t("check.again")}
              </LinkButton>
            )}
          </>
        }
      />
      <WhyAsked place="baas" />
      <Notice />
      <div className="mb-8 space-y-4 empty:hidden">
        {ending && (
          <Callout
            tone="caution"
            title={t("termination.ends", { date: dateText(ending.lastDay, locale) })}
            actions={mayRecord && <LinkButton href="#withdraw">{t("termination.takeBack")}</LinkButton>}
          >
            <p className="whitespace-pre-line wrap-anywhere">{ending.reason}</p>
          </Callout>
        )}
        <AgreementWarnings baa={baa} termTitles={termTitles} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          <Section id="agreement" title={t("agreement.title")}>
            {version && <AgreementFacts baa={baa} version={version} today={today} toolsPath={toolsPath} />}
          </Section>
          <Section id="papers" title={t("papers.title")} lede={t("papers.lede")}>
            <Papers versions={baa.versions} timeZone={ctx.timeZone} filesPath={`/api/files/${ctx.slug}`} />
            {mayRecord && (
              <details className="mt-4 print:hidden" open={version?.documents.length === 0}>
                <summary className="w-fit cursor-pointer font-medium text-accent text-sm">{t("papers.attach")}</summary>
                <div className="mt-3 max-w-prose">
                  <p className="mb-3 text-muted text-sm">{t("papers.attachLede")}</p>
                  <AttachPaperForm
                    attach={attachBaaDocumentAction.bind(null, clinic)}
                    versions={baa.versions.map(({ id, number, kind }) => ({ id, label: wordsOf(number, kind) }))}
                    fileBytesMax={FILE_BYTES_MAX}
                  />
                </div>
              </details>
            )}
          </Section>
          <Section id="terms" title={t("check.resultTitle")} lede={t("check.resultLede")}>
            <CheckResult baa={baa} terms={terms} timeZone={ctx.timeZone} />
          </Section>
          <Section id="resting" title={t("resting.title")} lede={t("resting.lede")}>
            {restingOn.length === 0 ? (
              <p className="text-muted text-sm">{t("resting.none")}</p>
            ) : (
              <div className="text-sm">
                <Surfaces tools={restingOn} path={toolsPath} />
              </div>
            )}
          </Section>
        </div>
        <div className="space-y-8">
          <Section id="history" title={t("history.title")} lede={t("history.lede")}>
            <AgreementHistory
              baa={baa}
              timeZone={ctx.timeZone}
              correctHref={mayRecord ? (number) => `${path}/version?kind=correction&of=${number}` : undefined}
            />
          </Section>
          {mayRecord && ending && (
            <Section id="withdraw" title={t("termination.withdraw")} boxed>
              <WithdrawTerminationForm
                withdraw={withdrawBaaTerminationAction.bind(null, clinic)}
                terminationId={ending.id}
              />
            </Section>
          )}
        </div>
      </div>
    </ClientMessages>
  );
}
