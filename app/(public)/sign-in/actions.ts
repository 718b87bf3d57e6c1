"use server";

import { redirect } from "next/navigation";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { SignInWithPasskey, SignInWithProvider } from "#lib/domain/clinic/access/schema.ts";
import { SignIn } from "#lib/domain/clinic/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { beginSignOnHere, signInByPasskeyHere, signInHere } from "#lib/platform/auth/browser.ts";
import { demoPeople } from "#lib/platform/auth/demo-people.ts";
import { safeNextPath, secondStepPath } from "#lib/platform/auth/next-path.ts";
import { type AuthenticationOptions, askForPasskey } from "#lib/platform/auth/passkeys.ts";
import { sessionAwaitingFactor } from "#lib/platform/auth/session.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";

export async function signInAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(await resolveLocale(), form, async () => {
    const reached = await signInHere(parseInput(SignIn, fields(form)));
    const next = safeNextPath(form.get("next"));
    if (reached === "second_step") redirect(secondStepPath(next));
    redirect(next ?? "/");
  });
}

export async function signInAsDemoPersonAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(await resolveLocale(), form, async () => {
    const demo = await demoPeople();
    const person = demo?.people.find(({ slug, email }) => `${slug} ${email}` === form.get("person"));
    if (demo === null || person === undefined) throw refuse("sign_in.refused");
    await signInHere({ email: person.email, password: demo.password, withoutSecondFactor: true });
    const next = safeNextPath(form.get("next"));
    redirect(next !== null && isOpenTo(person.slug, next) ? next : `/c/${person.slug}`);
  });
}

// Who is tried out in another clinic than the page's begins at their own.
function isOpenTo(slug: string, path: string): boolean {
  const { pathname } = new URL(path, "http://wardbook.invalid");
  return !pathname.startsWith("/c/") || pathname === `/c/${slug}` || pathname.startsWith(`/c/${slug}/`);
}

/** Sends the browser to whoever vouches for its person; they come back to `/sign-in/back/…`. */
export async function signInWithProviderAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(await resolveLocale(), form, async () => {
    const { provider, clinic } = parseInput(SignInWithProvider, fields(form));
    redirect(await beginSignOnHere(provider, { accountId: null, clinic, next: safeNextPath(form.get("next")) }));
  });
}

/** A question to the passkeys of this browser; bound to the account whose password was given, where one was. */
export async function askForPasskeyAction(): Promise<AuthenticationOptions> {
  return askForPasskey((await sessionAwaitingFactor())?.accountId ?? null, new Date());
}

export async function signInWithPasskeyAction(_previous: FormState, form: FormData): Promise<FormState> {
  return answer(await resolveLocale(), form, async () => {
    await signInByPasskeyHere(parseInput(SignInWithPasskey, fields(form)).passkeyToken);
    redirect(safeNextPath(form.get("next")) ?? "/");
  });
}
