import { NextIntlClientProvider } from "next-intl";
import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { loadMessages } from "#lib/platform/i18n/messages.ts";

type Reader = { readonly locale?: "en" | "es"; readonly timeZone?: string; readonly now?: Date };

/** The markup of a part as its reader gets it; fails on a word that is missing. */
export function drawn(part: ReactNode, { locale = "en", timeZone = "UTC", now = new Date(0) }: Reader = {}): string {
  const onError = (error: Error) => {
    throw error;
  };
  const props = { locale, messages: loadMessages(locale), timeZone, now, onError, children: part };
  return renderToStaticMarkup(createElement(NextIntlClientProvider, props));
}

/** What is read of a markup. */
export function textOf(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'");
}
