import type { ReactNode } from "react";
import { changeLanguageAction } from "#app/actions.ts";
import { LanguageSwitch } from "#components/clinic/language-switch.tsx";
import { Wordmark } from "#components/layout/wordmark.tsx";

export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 py-8 sm:py-16">
      <header className="mb-8 flex items-center justify-between gap-4">
        <Wordmark />
        <LanguageSwitch action={changeLanguageAction} />
      </header>
      <main className="flex-1">{children}</main>
    </div>
  );
}
