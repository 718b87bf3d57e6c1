import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { signOnProblem } from "#app/(public)/sign-in/problem.ts";
import { ChangePasswordForm } from "#components/clinic/access/change-password-form.tsx";
import { OwnSessions } from "#components/clinic/access/own-sessions.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { listMemberships, requireAccount } from "#lib/domain/clinic/current.ts";
import { PASSWORD_LENGTH_MIN } from "#lib/domain/clinic/schema.ts";
import { type Device, deviceOf } from "#lib/platform/auth/device.ts";
import { listOwnSessions } from "#lib/platform/auth/own-sessions.ts";
import { changePasswordAction, endSessionAction, signOutEverywhereAction } from "./actions.ts";
import { LinkedProviders } from "./linked-providers.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

type AccountPageProps = { searchParams: Promise<Partial<Record<"linked" | "problem", string | string[]>>> };

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const asked = await searchParams;
  const session = await requireAccount();
  const t = await getTranslations("account");
  const language = await getTranslations("clinic.language");
  const [first] = await listMemberships(session.accountId);
  const deviceName = await deviceNames();
  const sessions = (await listOwnSessions(session, new Date())).map(({ userAgent, ...own }) => ({
    ...own,
    device: deviceName(deviceOf(userAgent)),
    isThis: own.id === session.sessionId,
  }));
  return (
    <ClientMessages namespaces={["account", "clinic", "sign-on"]}>
      <PageHeader title={t("title")} lede={t("lede")} />
      <div className="space-y-10">
        <DescriptionList
          facts={[
            { term: t("email"), description: session.email },
            { term: t("language"), description: language(session.locale === "es" ? "es" : "en") },
          ]}
        />
        <Section
          title={t("password.title")}
          id="password"
          lede={session.hasPassword ? t("password.lede") : t("password.ledeFirst")}
        >
          <ChangePasswordForm
            action={changePasswordAction}
            email={session.email}
            hasPassword={session.hasPassword}
            lengthMin={PASSWORD_LENGTH_MIN}
          />
        </Section>
        <LinkedProviders
          session={session}
          timeZone={first?.timeZone ?? "UTC"}
          isLinked={asked.linked === "yes"}
          problem={await signOnProblem(asked.problem)}
        />
        <Section title={t("secondStep.title")} id="second-step" lede={t("secondStep.lede")}>
          <p className="mb-3">{session.hasFactor ? t("secondStep.some") : t("secondStep.none")}</p>
          <LinkButton href="/account/second-step">
            {session.hasFactor ? t("secondStep.manage") : t("secondStep.add")}
          </LinkButton>
        </Section>
        <OwnSessions
          sessions={sessions}
          timeZone={first?.timeZone ?? "UTC"}
          end={endSessionAction}
          signOutEverywhere={signOutEverywhereAction}
        />
      </div>
    </ClientMessages>
  );
}

async function deviceNames(): Promise<(device: Device) => string> {
  const t = await getTranslations("account.device");
  return ({ browser, system }) =>
    browser === "unknown" && system === "unknown"
      ? t("unknown")
      : t("browserOnSystem", { browser: t(`browser.${browser}`), system: t(`system.${system}`) });
}
