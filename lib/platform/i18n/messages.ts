import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AbstractIntlMessages, createTranslator } from "use-intl/core";
import { defaultLocale, type Locale } from "./locales.ts";

export type Messages = AbstractIntlMessages;

const cache = new Map<Locale, Messages>();

/** Every word of a language, each file under its own name; what a language lacks is said in English. */
export function loadMessages(locale: Locale): Messages {
  const cached = cache.get(locale);
  if (cached) return cached;
  const own = readFolder(locale);
  const messages = locale === defaultLocale ? own : withFallback(own, readFolder(defaultLocale));
  if (process.env.NODE_ENV === "production") cache.set(locale, messages);
  return messages;
}

/** For PDF, XLSX, mail and scripts, which have no React tree. */
export function translator(locale: Locale, namespace?: string) {
  const options = { locale, messages: loadMessages(locale), timeZone: "UTC" };
  return createTranslator(namespace === undefined ? options : { ...options, namespace });
}

function readFolder(locale: Locale): Messages {
  const folder = join(process.cwd(), "messages", locale);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return Object.fromEntries(
    files.map((file) => [file.slice(0, -".json".length), JSON.parse(readFileSync(join(folder, file), "utf8"))]),
  );
}

function withFallback(own: Messages, fallback: Messages): Messages {
  const merged: Messages = { ...fallback, ...own };
  for (const [key, value] of Object.entries(fallback)) {
    const mine = own[key];
    if (typeof value === "object" && typeof mine === "object") merged[key] = withFallback(mine, value);
  }
  return merged;
}
