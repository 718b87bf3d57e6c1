import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { changeLanguageAction, signOutAction } from "#app/actions.ts";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { LanguageSwitch } from "#components/clinic/language-switch.tsx";
import { SecondApproverForm } from "#components/clinic/second-approver-form.tsx";
import { SignOutForm } from "#components/clinic/sign-out-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { DigestForm } from "#components/notifications/digest-form.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireAccount, requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getClinic } from "#lib/domain/clinic/queries.ts";
import { US_TIME_ZONES } from "#lib/domain/clinic/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getOwnDigestChoice } from "#lib/domain/notifications/outbox/queries.ts";
import { can } from "#lib/domain/permissions.ts";
import { ReviewInterval } from "./access-reviews/review-interval.tsx";
import { chooseDigestAction, requireSecondApproverAction } from "./actions.ts";
import { SignInRules } from "./sign-in-rules/sign-in-rules.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinic.settings");
  return { title: t("title") };
}

type SettingsPageProps = { params: Promise<{ clinic: string }> };

export default async function SettingsPage({ params }: SettingsPageProps) {
  const ctx = await requireClinicContext((await params).clinic);
  const { page: clinic, allowedRoles } = await readPage(() => getClinic(ctx, {}));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={`/c/${ctx.slug}`} />;
  const t = await getTranslations("clinic.settings");
  const facts = await getTranslations("clinic-facts");
  const domains = await getTranslations("domains");
  return (
    <>
      <PageHeader title={t("title")} />
      <WhyAsked place="settings" />
      <div className="max-w-3xl space-y-10">
        <OwnAccount ctx={ctx} />
        <Section title={t("digest")} id="digest" lede={t("digestLede")}>
          <DailyMail ctx={ctx} />
        </Section>
        <Section
          title={t("clinic")}
          id="clinic"
          actions={
            can(ctx, "clinic.see_facts") && (
              <LinkButton href={`/c/${ctx.slug}/settings/clinic`}>{facts("title")}</LinkButton>
            )
          }
        >
          <DescriptionList
            facts={[
              { term: t("name"), description: clinic.name },
              { term: t("address"), description: <code className="font-mono">/c/{clinic.slug}</code> },
              { term: t("timeZone"), description: await timeZoneName(clinic.timeZone) },
            ]}
          />
        </Section>
        <Section title={t("secondApprover")} id="second-approver" lede={t("secondApproverLede")}>
          <SecondApprover ctx={ctx} required={clinic.needsSecondApprover} />
        </Section>
        <SignInRules ctx={ctx} />
        {can(ctx, "access_review.read") && <ReviewInterval ctx={ctx} />}
        {can(ctx, "domain.see") && (
          <Section title={domains("title")} id="domains" lede={domains("lede")}>
            <LinkButton href={`/c/${ctx.slug}/settings/domains`}>{domains("open")}</LinkButton>
          </Section>
        )}
        {can(ctx, "reset_link.issue") && (
          <Section title={t("resetLink")} id="reset-link" lede={t("resetLinkLede")}>
            <LinkButton href={`/c/${ctx.slug}/settings/reset-link`}>{t("resetLinkMake")}</LinkButton>
          </Section>
        )}
      </div>
    </>
  );
}

async function timeZoneName(timeZone: string): Promise<string> {
  const t = await getTranslations("clinic.zone");
  const own = US_TIME_ZONES.find(({ zone }) => zone === timeZone);
  return own === undefined ? timeZone.replaceAll("_", " ") : t(own.name);
}

async function OwnAccount({ ctx }: { ctx: ClinicContext }): Promise<ReactNode> {
  const t = await getTranslations("clinic");
  const { email } = await requireAccount();
  const own = ctx.actor.kind === "member" ? ctx.actor : null;
  return (
    <Section
      title={t("settings.account")}
      id="account"
      actions={
        <>
          <LinkButton size="small" href="/account">
            {t("settings.accountMore")}
          </LinkButton>
          <SignOutForm action={signOutAction} />
        </>
      }
    >
      <DescriptionList
        facts={[
          { term: t("settings.accountName"), description: own?.name },
          { term: t("settings.accountRole"), description: own && t(`role.${own.role}`) },
          { term: t("settings.accountEmail"), description: email },
          {
            term: t("settings.accountLanguage"),
            description: (
              <div className="flex flex-wrap items-center gap-3">
                {t(`language.${ctx.locale}`)}
                <LanguageSwitch action={changeLanguageAction} />
              </div>
            ),
          },
        ]}
      />
    </Section>
  );
}

async function DailyMail({ ctx }: { ctx: ClinicContext }): Promise<ReactNode> {
  const { digest } = await getOwnDigestChoice(ctx, {});
  return (
    <ClientMessages namespaces={["clinic"]}>
      <DigestForm action={chooseDigestAction.bind(null, ctx.slug)} digest={digest} />
    </ClientMessages>
  );
}

async function SecondApprover({ ctx, required }: { ctx: ClinicContext; required: boolean }): Promise<ReactNode> {
  const t = await getTranslations("clinic.settings");
  if (can(ctx, "clinic.configure")) {
    return (
      <ClientMessages namespaces={["clinic"]}>
        <SecondApproverForm action={requireSecondApproverAction.bind(null, ctx.slug)} required={required} />
      </ClientMessages>
    );
  }
  return (
    <>
      <p>{t(required ? "secondApproverRequired" : "secondApproverWaived")}</p>
      <p className="mt-1 text-muted text-sm">{t("secondApproverWho")}</p>
    </>
  );
}
