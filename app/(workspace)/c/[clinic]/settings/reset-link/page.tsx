import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { IssueResetLinkForm } from "#components/clinic/access/issue-reset-link-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { getResetLinkPage } from "#lib/domain/clinic/access/queries.ts";
import { RESET_LINK_HOURS } from "#lib/domain/clinic/access/schema.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { issueResetLinkAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.issueReset");
  return { title: t("title") };
}

type ResetLinkPageProps = {
  params: Promise<{ clinic: string }>;
  searchParams: Promise<{ member?: string | string[] }>;
};

export default async function ResetLinkPage({ params, searchParams }: ResetLinkPageProps) {
  const asked = (await searchParams).member;
  const ctx = await requireClinicContext((await params).clinic);
  const settings = `/c/${ctx.slug}/settings`;
  const { page, allowedRoles } = await readPage(() => getResetLinkPage(ctx, {}));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={settings} />;
  const t = await getTranslations("account.issueReset");
  return (
    <ClientMessages namespaces={["account"]}>
      <PageHeader
        title={t("title")}
        lede={t("lede", { hours: RESET_LINK_HOURS })}
        back={{ href: settings, label: t("back") }}
      />
      <div className="max-w-xl">
        <IssueResetLinkForm
          action={issueResetLinkAction.bind(null, ctx.slug)}
          chosen={typeof asked === "string" ? asked : undefined}
          people={page.members.map(({ memberId, name }) => ({ value: memberId, label: name }))}
        />
      </div>
    </ClientMessages>
  );
}
