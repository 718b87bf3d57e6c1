import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Navigation, type NavigationGroup } from "./navigation.tsx";
import { PhoneMenu } from "./phone-menu.tsx";
import { Wordmark } from "./wordmark.tsx";

type ShellProps = {
  clinic: { name: string; href: string };
  person: { name: string; role: string; href?: string | undefined };
  navigation: readonly NavigationGroup[];
  /** The form that signs out. */
  signOut: ReactNode;
  /** In the header: search, a switch between clinics. */
  tools?: ReactNode;
  children: ReactNode;
};

/** What stands around every page of a clinic. Chrome only: it decides nothing about who may see what. */
export function Shell({ clinic, person, navigation, signOut, tools, children }: ShellProps) {
  const t = useTranslations("layout");
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-on-accent"
      >
        {t("skip")}
      </a>
      <header className="border-b bg-surface lg:sticky lg:top-0 lg:z-30 print:hidden">
        <div className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
          <Link prefetch={false} href={clinic.href} className="rounded-sm text-sm">
            <Wordmark brief />
          </Link>
          <span className="h-5 border-l" aria-hidden="true" />
          <span className="min-w-0 truncate font-medium text-sm">{clinic.name}</span>
          <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1">
            {tools}
            <div className="hidden items-center gap-3 lg:flex">
              <Person person={person} label={t("role", { role: person.role })} />
              {signOut}
            </div>
          </div>
        </div>
        <nav aria-label={t("navigation")} className="border-t lg:hidden">
          <PhoneMenu label={t("menu")}>
            <Navigation groups={navigation} />
            <div className="mt-4 flex flex-wrap items-center justify-between gap-3 border-t px-2.5 pt-4">
              <Person person={person} label={t("role", { role: person.role })} />
              {signOut}
            </div>
          </PhoneMenu>
        </nav>
      </header>
      <div className="flex flex-1">
        <nav
          aria-label={t("navigation")}
          className="sticky top-13 hidden max-h-[calc(100dvh-3.25rem)] w-58 shrink-0 self-start overflow-y-auto px-2 py-4 lg:block print:hidden"
        >
          <Navigation groups={navigation} />
        </nav>
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 flex-1 px-4 py-6 outline-none lg:min-h-[calc(100dvh-3.25rem)] lg:border-l lg:px-8 print:border-0 print:p-0"
        >
          <div className="mx-auto max-w-6xl print:max-w-none">{children}</div>
        </main>
      </div>
    </div>
  );
}

function Person({ person, label }: { person: ShellProps["person"]; label: string }) {
  const name = (
    <span className="text-sm">
      {person.name}
      <span className="text-muted" aria-hidden="true">
        {" "}
        · {person.role}
      </span>
      <span className="sr-only">. {label}</span>
    </span>
  );
  if (!person.href) return name;
  return (
    <Link prefetch={false} href={person.href} className="rounded-sm underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}
