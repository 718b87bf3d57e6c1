import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { Deadline } from "#components/layout/moments.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { SignatureForm } from "#components/layout/signature-form.tsx";
import { PolicyView, VersionLine } from "#components/policies/policy-view.tsx";
import { ReplacedNote } from "#components/policies/replaced-note.tsx";
import { SignatureCounts } from "#components/policies/signature-counts.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { type ClinicContext, LOCALES } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import type { PolicyCode } from "#lib/domain/policies/documents/schema.ts";
import { getPolicyPage } from "#lib/domain/policies/queries.ts";
import type { PolicyShown } from "#lib/domain/policies/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { signPolicyAction } from "./actions.ts";
import { policyCodeIn, versionNumberIn } from "./policy-address.ts";

type Address = {
  readonly clinic: string;
  readonly code: string;
  /** Left out: the newest version. */
  readonly number?: string;
  readonly language?: string | readonly string[] | undefined;
};

const readPolicy = cache(async (clinic: string, code: PolicyCode, number?: number, language?: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getPolicyPage(ctx, { code, number, language: LOCALES.find((locale) => locale === language) }));
});

function readAt(address: Address) {
  const { clinic, number, language } = address;
  const asked = typeof language === "string" ? language : language?.[0];
  return readPolicy(
    clinic,
    policyCodeIn(address),
    number === undefined ? undefined : versionNumberIn({ number }),
    asked,
  );
}

export async function policyMetadata(address: Address): Promise<Metadata> {
  const { page } = await readAt(address);
  return page?.shown ? { title: page.shown.title } : {};
}

type PolicyVersionPageProps = {
  address: Address;
  back: (start: string) => { href: string; label: string };
};

/** A version of a policy, the newest or an earlier one. */
export async function PolicyVersionPage({ address, back }: PolicyVersionPageProps) {
  const ctx = await requireClinicContext(address.clinic);
  const { page, allowedRoles } = await readAt(address);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const { shown } = page;
  if (shown === null) notFound();
  const [t, locale] = await Promise.all([getTranslations("policies"), getLocale()]);
  const policyPath = `${start}/policies/${page.code}`;
  const path = address.number === undefined ? policyPath : `${policyPath}/versions/${shown.number}`;
  return (
    <ClientMessages namespaces={["policies"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${t("one", { code: page.code })}, ${t("versions.number", { number: shown.number })}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={t("one", { code: page.code })}
        lede={<VersionLine shown={shown} />}
        status={
          shown.dueOn !== null && (
            <span className="text-sm">
              {t("sign.due")} <Deadline on={shown.dueOn} today={page.today} soonDays={3} />
            </span>
          )
        }
        back={back(start)}
        actions={shown.isNewest && <OfficerLinks ctx={ctx} shown={shown} policyPath={policyPath} />}
      />
      <Notice />
      {!shown.isNewest && <ReplacedNote newest={shown.versions[0]?.number ?? shown.number} href={policyPath} />}
      <PolicyView
        shown={shown}
        path={path}
        policyPath={policyPath}
        timeZone={ctx.timeZone}
        signs={can(ctx, "policy.sign")}
        signature={shown.dueOn !== null && <Signing ctx={ctx} clinic={address.clinic} shown={shown} />}
      />
    </ClientMessages>
  );
}

type OfficerLinksProps = { ctx: ClinicContext; shown: PolicyShown; policyPath: string };

async function OfficerLinks({ ctx, shown, policyPath }: OfficerLinksProps) {
  const t = await getTranslations("policies");
  return (
    <>
      {shown.counts !== null && (
        <LinkButton href={`${policyPath}/versions/${shown.number}/signatures`}>
          <SignatureCounts counts={shown.counts} />
        </LinkButton>
      )}
      {can(ctx, "policy.issue") && <LinkButton href={`${policyPath}/issue`}>{t("issue.button")}</LinkButton>}
    </>
  );
}

type SigningProps = { ctx: ClinicContext; clinic: string; shown: PolicyShown };

async function Signing({ ctx, clinic, shown }: SigningProps) {
  // The sentence is signed in the language of the text, whatever the reader's own.
  const t = await getTranslations({ locale: shown.locale, namespace: "policies" });
  const { versionId, sha256: textSha256, locale } = shown;
  return (
    <SignatureForm
      words="policies.sign"
      sign={signPolicyAction.bind(null, clinic)}
      signing={{ versionId, textSha256, locale }}
      statement={t("statement")}
      memberName={ctx.actor.kind === "member" ? ctx.actor.name : ""}
    />
  );
}
