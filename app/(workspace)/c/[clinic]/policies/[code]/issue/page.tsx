import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { IssueForm } from "#components/policies/issue-form.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getIssuePolicyPage } from "#lib/domain/policies/queries.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { issuePolicyAction } from "../../actions.ts";
import { policyCodeIn } from "../../policy-address.ts";

type PageProps = { params: Promise<{ clinic: string; code: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.issue");
  return { title: t("title") };
}

export default async function IssuePolicyPage({ params }: PageProps) {
  const address = await params;
  const ctx = await requireClinicContext(address.clinic);
  const code = policyCodeIn(address);
  const { page, allowedRoles } = await readPage(() => getIssuePolicyPage(ctx, { code }));
  const policies = `/c/${ctx.slug}/policies`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={policies} />;
  const [t, locale] = await Promise.all([getTranslations("policies"), getLocale()]);
  const { newest, people } = page;
  const version = (newest?.number ?? 0) + 1;
  return (
    <ClientMessages namespaces={["policies"]}>
      <PageHeader
        title={newest === null ? t("issue.title") : t("issue.titleNext", { number: version })}
        lede={t("issue.lede")}
        back={
          newest === null
            ? { href: policies, label: t("title") }
            : { href: `${policies}/${code}`, label: t("one", { code }) }
        }
      />
      <p className="mb-4 max-w-prose">
        {newest === null ? t("issue.first", { people }) : t("issue.next", { number: newest.number, people })}
      </p>
      <div className="mb-6 max-w-prose">
        <Callout tone="caution" title={t("issue.template")}>
          <p>{page.notice}</p>
          <p className="mt-1">
            {t("issue.textAsOf", { version: page.contentVersion, date: dateText(page.textAsOf, locale) })}
          </p>
        </Callout>
      </div>
      <IssueForm issue={issuePolicyAction.bind(null, address.clinic)} code={code} draft={page.draft} />
    </ClientMessages>
  );
}
