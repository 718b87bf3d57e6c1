import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { changeLanguageAction, signOutAction } from "#app/actions.ts";
import { LanguageSwitch } from "#components/clinic/language-switch.tsx";
import { SignOutForm } from "#components/clinic/sign-out-form.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Wordmark } from "#components/layout/wordmark.tsx";
import { listMemberships, requireAccount } from "#lib/domain/clinic/current.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinic.choose");
  return { title: t("title") };
}

export default async function StartPage() {
  const { accountId, email } = await requireAccount();
  const clinics = await listMemberships(accountId);
  const [only, ...others] = clinics;
  if (only !== undefined && others.length === 0) redirect(`/c/${only.slug}`);
  const t = await getTranslations("clinic.choose");
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 py-8 sm:py-16">
      <header className="mb-8 flex flex-wrap items-center justify-between gap-4">
        <Wordmark />
        <div className="flex items-center gap-2">
          <LanguageSwitch action={changeLanguageAction} />
          <SignOutForm action={signOutAction} />
        </div>
      </header>
      <main>
        {only === undefined ? (
          <PageHeader title={t("noneTitle")} lede={t("noneText", { email })} />
        ) : (
          <>
            <PageHeader title={t("title")} />
            <ul className="divide-y border-y">
              {clinics.map(({ slug, clinicName }) => (
                <li key={slug}>
                  <Link prefetch={false} href={`/c/${slug}`} className="link flex min-h-11 items-center font-medium">
                    {clinicName}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </main>
    </div>
  );
}
