"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { LOCALES, type Locale } from "#lib/domain/context.ts";
import { cn } from "#lib/kernel/cn.ts";

type TextBarProps = {
  /** The page's address without its query. */
  path: string;
  locale: Locale;
  /** Where the signing form stands, for who is to sign. */
  signHref?: string | undefined;
};

/** How far a reader has come in a language: which heading they are under, and how much of the way to the next. */
type Place = { readonly locale: Locale; readonly part: string; readonly share: number };

// Outside the component: a page with another query is mounted anew.
let placeLeft: Place | null = null;

/** Stays in sight above a text: its two languages, each at the place where one reads, and the way to the signature. */
export function TextBar({ path, locale, signHref }: TextBarProps) {
  const t = useTranslations("policies");
  const bar = useRef<HTMLDivElement>(null);
  // The other language has just been put in place of the first: the headings are the same, their heights are not.
  useLayoutEffect(() => {
    if (placeLeft !== null && placeLeft.locale !== locale) goTo(placeLeft, bar.current);
    placeLeft = null;
  }, [locale]);
  return (
    <div
      ref={bar}
      className="sticky top-0 z-10 -mx-4 mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b bg-surface px-4 py-1.5 lg:top-13 lg:mx-0 lg:px-0 print:hidden"
    >
      <nav aria-label={t("language.label")} className="flex gap-1">
        {LOCALES.map((each) => (
          <Link
            key={each}
            prefetch={false}
            scroll={false}
            href={`${path}?language=${each}`}
            lang={each}
            aria-current={each === locale ? "true" : undefined}
            onClick={() => {
              placeLeft = placeNow(bar.current, locale);
            }}
            className={cn(
              "inline-flex min-h-8 items-center rounded-md px-2.5 text-sm pointer-coarse:min-h-11",
              each === locale ? "bg-accent-soft font-semibold text-accent" : "text-ink hover:bg-hover",
            )}
          >
            {t(`language.${each}`)}
          </Link>
        ))}
      </nav>
      {signHref && (
        <a href={signHref} className="link inline-flex min-h-8 items-center text-sm pointer-coarse:min-h-11">
          {t("text.toSign")}
        </a>
      )}
    </div>
  );
}

function headings(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("article [id^='part-']")];
}

function topUnder(bar: HTMLElement | null): number {
  return bar?.getBoundingClientRect().bottom ?? 0;
}

function spanOf(index: number, all: readonly HTMLElement[]): { top: number; height: number } {
  const top = all[index]?.getBoundingClientRect().top ?? 0;
  const end = all[index + 1]?.getBoundingClientRect().top ?? all[index]?.parentElement?.getBoundingClientRect().bottom;
  return { top, height: Math.max(1, (end ?? top) - top) };
}

function placeNow(bar: HTMLElement | null, locale: Locale): Place | null {
  const all = headings();
  const line = topUnder(bar);
  const index = all.findLastIndex((heading) => heading.getBoundingClientRect().top <= line);
  const part = all[index]?.id;
  if (part === undefined) return null;
  const { top, height } = spanOf(index, all);
  return { locale, part, share: Math.min(1, (line - top) / height) };
}

function goTo({ part, share }: Place, bar: HTMLElement | null): void {
  const all = headings();
  const index = all.findIndex((heading) => heading.id === part);
  if (index < 0) return;
  const { top, height } = spanOf(index, all);
  window.scrollBy({ top: top + share * height - topUnder(bar), behavior: "instant" });
}
