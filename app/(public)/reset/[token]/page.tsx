import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ResetPasswordForm } from "#components/clinic/access/reset-password-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { findResetLink } from "#lib/domain/clinic/access/commands/reset-password.ts";
import { RESET_LINK_HOURS } from "#lib/domain/clinic/access/schema.ts";
import { PASSWORD_LENGTH_MIN } from "#lib/domain/clinic/schema.ts";
import { resetPasswordAction } from "./actions.ts";

type ResetPageProps = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.reset");
  // The address is the key to an account: no search engine and no other site may learn it.
  return { title: t("tab"), robots: { index: false, follow: false }, referrer: "no-referrer" };
}

export default async function ResetPage({ params }: ResetPageProps) {
  const { token } = await params;
  const link = await findResetLink(token, new Date());
  const t = await getTranslations("account.reset");
  if (link.state === "over") {
    return (
      <>
        <PageHeader title={t("overTitle")} lede={t("overText", { hours: RESET_LINK_HOURS })} />
        <LinkButton href="/sign-in">{t("signIn")}</LinkButton>
      </>
    );
  }
  return (
    <ClientMessages namespaces={["account", "clinic"]}>
      <PageHeader title={t("title")} lede={t("lede", { clinic: link.clinicName })} />
      <ResetPasswordForm
        action={resetPasswordAction.bind(null, token)}
        email={link.email}
        lengthMin={PASSWORD_LENGTH_MIN}
      />
    </ClientMessages>
  );
}
