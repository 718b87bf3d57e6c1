import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { currentSession } from "#lib/platform/auth/session.ts";
import { defaultLocale, isLocale, type Locale, localeCookie, negotiateLocale } from "./locales.ts";
import { loadMessages } from "./messages.ts";

/** The reader's language: the signed-in account's, else chosen by cookie, else what the browser asks for. */
export async function resolveLocale(): Promise<Locale> {
  const own = await accountLocale();
  if (isLocale(own)) return own;
  const chosen = (await cookies()).get(localeCookie)?.value;
  if (isLocale(chosen)) return chosen;
  return negotiateLocale((await headers()).get("accept-language")) ?? defaultLocale;
}

// A page that says what is wrong needs a language too, above all when the database is what is wrong.
async function accountLocale(): Promise<string | undefined> {
  try {
    return (await currentSession())?.locale;
  } catch {
    return undefined;
  }
}

export default getRequestConfig(async ({ locale }) => {
  const reader = isLocale(locale) ? locale : await resolveLocale();
  // A clinic's zone is passed wherever a moment is shown; this only keeps server and browser in agreement.
  return { locale: reader, messages: loadMessages(reader), timeZone: "UTC" };
});
