import "server-only";
import { cookies } from "next/headers";
import { currentSession } from "#lib/platform/auth/session.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";
import { env } from "#lib/platform/env.ts";
import { type Locale, localeCookie } from "#lib/platform/i18n/locales.ts";

const YEAR_SECONDS = 365 * 24 * 3600;

/** Keeps the language with the signed-in account, and with this browser for the pages before signing in. */
export async function chooseLanguage(locale: Locale): Promise<void> {
  const session = await currentSession();
  if (session !== null) {
    await withIdentity(session.accountId, (tx) =>
      tx.account.updateMany({ where: { id: session.accountId }, data: { locale } }),
    );
  }
  (await cookies()).set(localeCookie, locale, {
    httpOnly: true,
    sameSite: "lax",
    secure: env().WARDBOOK_URL.startsWith("https:"),
    maxAge: YEAR_SECONDS,
    path: "/",
  });
}
