"use server";

import { redirect } from "next/navigation";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { findInvitation } from "#lib/domain/clinic/current.ts";
import { JoinClinic, JoinClinicWithPassword } from "#lib/domain/clinic/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { signInHere } from "#lib/platform/auth/browser.ts";
import { secondStepPath } from "#lib/platform/auth/next-path.ts";
import { hashNewPassword } from "#lib/platform/auth/password.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { currentSession } from "#lib/platform/auth/session.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";

export async function acceptInvitationAction(token: string, _previous: FormState, form: FormData): Promise<FormState> {
  const locale = await resolveLocale();
  return answer(locale, form, async () => {
    const session = await currentSession();
    const invitation = await findInvitation(token, session);
    if (invitation.state !== "open") throw refuse("invitation.used_or_expired");
    const { requestId } = await requestFacts();
    const signedIn = session === null ? {} : { sessionId: session.sessionId };
    const by = { requestId, locale, signedInAccountId: session?.accountId ?? null, ...signedIn };
    if (invitation.accountId !== null && invitation.proof !== "first_password") {
      const { slug, startsLater } = await acceptInvitation(token, parseInput(JoinClinic, fields(form)), by);
      redirect(startsLater ? "/" : `/c/${slug}`);
    }
    const { password, ...joining } = parseInput(JoinClinicWithPassword, fields(form));
    const passwordHash = await hashNewPassword(password);
    const { slug, startsLater } = await acceptInvitation(token, { ...joining, passwordHash, locale }, by);
    const home = startsLater ? "/" : `/c/${slug}`;
    const reached = await signInHere({ email: invitation.email, password });
    redirect(reached === "second_step" ? secondStepPath(home) : home);
  });
}
