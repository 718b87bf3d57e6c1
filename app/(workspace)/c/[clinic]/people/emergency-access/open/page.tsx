import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { OpenEmergencyForm } from "#components/people/emergency-forms.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireAccount, requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getOpenEmergencyForm } from "#lib/domain/clinic/emergency-access/queries.ts";
import { givesCodes } from "#lib/platform/auth/confirm-with-code.ts";
import { openEmergencyAccessAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergency-access");
  return { title: t("open.title") };
}

export default async function OpenEmergencyAccessPage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getOpenEmergencyForm(ctx, {}));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, format] = await Promise.all([getTranslations("emergency-access"), getFormatter()]);
  const path = `${start}/people/emergency-access`;
  const { rule, named, namedToday, leaders, openUseId } = page;
  const { accountId, hasPassword } = await requireAccount();
  return (
    <ClientMessages namespaces={["account", "emergency-access"]}>
      <PageHeader title={t("open.title")} lede={t("open.lede")} back={{ href: path, label: t("title") }} />
      <div className="max-w-prose">
        {openUseId !== null ? (
          <Callout
            tone="critical"
            title={t("open.openAlready")}
            actions={<LinkButton href={`${path}/${openUseId}`}>{t("open.see")}</LinkButton>}
          />
        ) : named ? (
          <OpenEmergencyForm
            open={openEmergencyAccessAction.bind(null, clinic)}
            minutesMax={rule.minutesMax}
            asksForCode={await givesCodes(accountId)}
            hasPassword={hasPassword}
          />
        ) : (
          <Callout tone="caution" title={t("open.notNamed")}>
            {t("open.notNamedText", {
              ...{ count: namedToday.length, names: format.list(namedToday) },
              people: format.list([...namedToday, ...leaders], { type: "disjunction" }),
            })}
          </Callout>
        )}
      </div>
    </ClientMessages>
  );
}
