import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { signOutAction } from "#app/actions.ts";
import { PasskeySignIn } from "#components/clinic/access/passkey-sign-in.tsx";
import { SecondStepForm } from "#components/clinic/access/second-step-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { safeNextPath, signInPath } from "#lib/platform/auth/next-path.ts";
import { currentSession, sessionAwaitingFactor } from "#lib/platform/auth/session.ts";
import { askForPasskeyAction, signInWithPasskeyAction } from "../actions.ts";
import { completeSignInAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.signInStep");
  return { title: t("title") };
}

type SecondStepPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SecondStepPage({ searchParams }: SecondStepPageProps) {
  const next = safeNextPath((await searchParams).next);
  if ((await currentSession()) !== null) redirect(next ?? "/");
  if ((await sessionAwaitingFactor()) === null) redirect(signInPath(next));
  const t = await getTranslations("account.signInStep");
  return (
    <ClientMessages namespaces={["account"]}>
      <PageHeader title={t("title")} lede={t("lede")} />
      <div className="space-y-5">
        <SecondStepForm action={completeSignInAction} next={next} />
        <PasskeySignIn ask={askForPasskeyAction} action={signInWithPasskeyAction} next={next} />
      </div>
      <form action={signOutAction} className="mt-6">
        <input type="hidden" name="next" value={signInPath(next)} />
        <Button type="submit" variant="quiet" size="small">
          {t("startOver")}
        </Button>
      </form>
    </ClientMessages>
  );
}
