import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PasskeySignIn } from "#components/clinic/access/passkey-sign-in.tsx";
import { ProviderSignIn } from "#components/clinic/access/provider-sign-in.tsx";
import { type DemoClinic, DemoPeople } from "#components/clinic/demo-people.tsx";
import { SignInForm } from "#components/clinic/sign-in-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Refused } from "#components/layout/refused.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { isFirstRun } from "#lib/domain/clinic/current.ts";
import { ROLES } from "#lib/domain/context.ts";
import { type DemoPerson, demoPeople } from "#lib/platform/auth/demo-people.ts";
import { safeNextPath } from "#lib/platform/auth/next-path.ts";
import { offeredProviders } from "#lib/platform/auth/providers.ts";
import { currentSession } from "#lib/platform/auth/session.ts";
import { opensClinic } from "#lib/platform/auth/session-opens.ts";
import {
  askForPasskeyAction,
  signInAction,
  signInAsDemoPersonAction,
  signInWithPasskeyAction,
  signInWithProviderAction,
} from "./actions.ts";
import { signOnProblem } from "./problem.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinic.signIn");
  return { title: t("title") };
}

type SignInPageProps = {
  searchParams: Promise<Partial<Record<"next" | "reset" | "ended" | "clinic" | "problem", string | string[]>>>;
};

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const asked = await searchParams;
  const next = safeNextPath(asked.next);
  const clinic = typeof asked.clinic === "string" ? asked.clinic.slice(0, 100) : "";
  const problem = await signOnProblem(asked.problem);
  const session = await currentSession();
  if (session !== null && clinic !== "" && (await opensClinic(session, clinic))) redirect(next ?? `/c/${clinic}`);
  // At a clinic that this session doesn't open, they enter it; and what just went wrong is read, whoever is signed in.
  if (session !== null && clinic === "" && problem === null) redirect(next ?? "/");
  if (await isFirstRun()) redirect("/first-run");
  const t = await getTranslations("clinic");
  const demo = await demoPeople();
  const roleLabel = (name: string) => ROLES.filter((role) => role === name).map((role) => t(`role.${role}`))[0] ?? name;
  return (
    <ClientMessages namespaces={["clinic", "account", "sign-on"]}>
      <PageHeader title={t("signIn.title")} />
      <div className="space-y-10">
        {asked.reset !== undefined && <p>{t("signIn.afterReset")}</p>}
        {asked.ended === "idle" && <p>{t("signIn.afterIdle")}</p>}
        {problem !== null && (
          <Refused state={{ message: problem }} title={t(session === null ? "signIn.refused" : "signIn.notHere")} />
        )}
        {session !== null && (
          <Callout title={t("signIn.signedInAs", { email: session.email })}>
            {clinic !== "" && <p>{t("signIn.enterToo")}</p>}
            <p>
              <Link prefetch={false} href="/" className="link">
                {t("signIn.goBack")}
              </Link>
            </p>
          </Callout>
        )}
        <div className="space-y-5">
          <SignInForm action={signInAction} next={next} />
          <PasskeySignIn ask={askForPasskeyAction} action={signInWithPasskeyAction} next={next} />
          {offeredProviders().map(({ key, name }) => (
            <ProviderSignIn
              key={key}
              action={signInWithProviderAction}
              provider={{ key, name }}
              clinic={clinic}
              next={next}
            />
          ))}
        </div>
        {demo !== null && (
          <DemoPeople action={signInAsDemoPersonAction} clinics={byClinic(demo.people, roleLabel)} next={next} />
        )}
      </div>
    </ClientMessages>
  );
}

function byClinic(people: readonly DemoPerson[], roleLabel: (role: string) => string): DemoClinic[] {
  return [...Map.groupBy(people, (person) => person.slug)].map(([slug, members]) => ({
    slug,
    clinicName: members[0]?.clinicName ?? "",
    people: members.map(({ email, name, role }) => ({ email, name, roleLabel: roleLabel(role) })),
  }));
}
