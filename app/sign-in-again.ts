import "server-only";
import { typedValues } from "#app/refused.ts";
import type { FormState } from "#components/ui/form-state.ts";
import type { Locale } from "#lib/domain/context.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { clinicSignInPath } from "#lib/platform/auth/next-path.ts";
import { say } from "#lib/platform/i18n/say.ts";

// A redirect would leave the page and lose what stands in it.

/** What a form answers whoever is signed in no more. */
export function signedOut(locale: Locale, form: FormData): FormState {
  return signInAgain(locale, form, { code: "signed_out", href: "/sign-in" });
}

/** What a clinic's form answers whoever has signed in meanwhile by the link of another clinic, which doesn't open this one. */
export function signedInElsewhere(locale: Locale, form: FormData, clinic: string): FormState {
  const refusal = refuse("sign_on.of_other_clinic");
  return signInAgain(locale, form, { code: refusal.code, href: clinicSignInPath(clinic, null, refusal) });
}

function signInAgain(locale: Locale, form: FormData, { code, href }: { code: string; href: string }): FormState {
  const link = { href, label: say(locale, "layout")("form.ways.signIn"), newTab: true };
  return { message: say(locale, "refusals")(code), link, ...typedValues(form) };
}
