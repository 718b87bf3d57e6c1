"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { signOutHere } from "#lib/platform/auth/browser.ts";
import { chooseLanguage } from "#lib/platform/auth/language.ts";
import { safeNextPath } from "#lib/platform/auth/next-path.ts";
import { isLocale } from "#lib/platform/i18n/locales.ts";

export async function signOutAction(form: FormData): Promise<void> {
  await signOutHere();
  redirect(safeNextPath(form.get("next")) ?? "/sign-in");
}

export async function changeLanguageAction(form: FormData): Promise<void> {
  const locale = form.get("locale");
  if (!isLocale(locale)) return;
  await chooseLanguage(locale);
  refresh();
}
