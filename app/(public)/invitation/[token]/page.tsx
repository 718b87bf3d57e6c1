import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { signOutAction } from "#app/actions.ts";
import { InvitationForm } from "#components/clinic/invitation-form.tsx";
import { SignOutForm } from "#components/clinic/sign-out-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { findInvitation, type InvitationShown } from "#lib/domain/clinic/current.ts";
import { INVITATION_DAYS, PASSWORD_LENGTH_MIN, WORKFORCE_TYPES } from "#lib/domain/clinic/schema.ts";
import { signInPath } from "#lib/platform/auth/next-path.ts";
import { providerName } from "#lib/platform/auth/providers.ts";
import { type CurrentSession, currentSession } from "#lib/platform/auth/session.ts";
import { acceptInvitationAction } from "./actions.ts";

type Open = Extract<InvitationShown, { state: "open" }>;
type Unusable = Exclude<InvitationShown, Open>["state"];

type InvitationPageProps = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinic.invitation");
  // The address is the key to the clinic: no search engine and no other site may learn it.
  return { title: t("tab"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

export default async function InvitationPage({ params }: InvitationPageProps) {
  const { token } = await params;
  const session = await currentSession();
  const invitation = await findInvitation(token, session);
  if (invitation.state !== "open") return <UnusableInvitation state={invitation.state} />;
  const t = await getTranslations("clinic.invitation");
  const { clinicName: clinic, email, role } = invitation;
  const roleLabel = (await getTranslations("clinic.role"))(role);
  return (
    <>
      <PageHeader title={t("title", { clinic })} lede={t("lede", { clinic, email, role: roleLabel })} />
      <Joining token={token} invitation={invitation} session={session} />
    </>
  );
}

type JoiningProps = { token: string; invitation: Open; session: CurrentSession | null };

async function Joining({ token, invitation, session }: JoiningProps) {
  const t = await getTranslations("clinic.invitation");
  const type = await getTranslations("clinic.workforceType");
  const { accountId, email, name, role, jobTitle, workforceType, proof } = invitation;
  const here = `/invitation/${token}`;
  if (accountId !== null && session === null) {
    return (
      <div className="space-y-4">
        <p>{t("signInFirst", { email })}</p>
        <LinkButton variant="primary" href={signInPath(here)}>
          {t("signIn", { email })}
        </LinkButton>
      </div>
    );
  }
  if (session !== null && session.accountId !== accountId) {
    return (
      <div className="space-y-4">
        <p>{t("otherAccount", { current: session.email, email })}</p>
        <SignOutForm action={signOutAction} next={here} />
      </div>
    );
  }
  const provider = providerName(session?.way ?? "");
  if (proof === "own_way") {
    return (
      <div className="space-y-4">
        <Callout title={t("vouchedTitle", { provider })}>{t("vouchedOwnWay", { provider })}</Callout>
        <SignOutForm action={signOutAction} next={signInPath(here)} />
      </div>
    );
  }
  return (
    <ClientMessages namespaces={["clinic"]}>
      {proof === "first_password" && (
        <div className="mb-6">
          <Callout title={t("vouchedTitle", { provider })}>{t("vouchedPassword", { provider })}</Callout>
        </div>
      )}
      <InvitationForm
        action={acceptInvitationAction.bind(null, token)}
        name={name}
        jobTitle={jobTitle}
        email={email}
        needsPassword={accountId === null || proof === "first_password"}
        passwordLengthMin={PASSWORD_LENGTH_MIN}
        workforceTypes={WORKFORCE_TYPES.map((value) => ({ value, label: type(value) }))}
        workforceType={role === "auditor" && workforceType === "employee" ? "external" : workforceType}
      />
    </ClientMessages>
  );
}

async function UnusableInvitation({ state }: { state: Unusable }) {
  const t = await getTranslations("clinic.invitation.unusable");
  return (
    <>
      <PageHeader title={t(`${state}Title`)} lede={t(`${state}Text`, { days: INVITATION_DAYS })} />
      <LinkButton href="/sign-in">{t("signIn")}</LinkButton>
    </>
  );
}
