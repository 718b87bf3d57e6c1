import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { changeLanguageAction, signOutAction } from "#app/actions.ts";
import { StaySignedIn } from "#app/stay-signed-in.tsx";
import { LanguageSwitch } from "#components/clinic/language-switch.tsx";
import { SignOutForm } from "#components/clinic/sign-out-form.tsx";
import { Wordmark } from "#components/layout/wordmark.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("account");
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col px-4 py-8">
      <header className="mb-8 flex flex-wrap items-center justify-between gap-4 print:hidden">
        <div className="flex flex-wrap items-center gap-3">
          <Wordmark brief />
          <LinkButton size="small" variant="quiet" href="/">
            {t("back")}
          </LinkButton>
        </div>
        <div className="flex items-center gap-2">
          <LanguageSwitch action={changeLanguageAction} />
          <SignOutForm action={signOutAction} />
        </div>
      </header>
      <StaySignedIn />
      <main className="flex-1">{children}</main>
    </div>
  );
}
