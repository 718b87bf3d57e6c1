import "server-only";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type ProofToJoin, proofToJoin } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { memberState } from "#lib/domain/clinic/people/rules.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { calendarDateIn, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { isDemoPerson } from "#lib/platform/auth/demo-people.ts";
import { clinicSignInPath, safeNextPath, signInPath } from "#lib/platform/auth/next-path.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { type CurrentSession, currentSession } from "#lib/platform/auth/session.ts";
import { opensMembership } from "#lib/platform/auth/session-opens.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { emergencyUseOf, hasAnyClinic, invitationForToken, membershipFor } from "#lib/platform/db/identity.ts";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

// The one exception to "lib/domain knows no Next": the only maker of a browser's context.

/** Whoever is signed in, also without the second factor that their clinic asks for: the pages where they add one. */
export const requireSession = cache(async (): Promise<CurrentSession> => {
  const session = await currentSession();
  return session ?? redirect(signInPath((await requestFacts()).path));
});

/**
 * The signed-in account, or the way to the sign-in page, which comes back to the page that was asked for. Who lacks the
 * second factor that a clinic of theirs asks for is led to add one before anything else.
 */
export const requireAccount = cache(async (): Promise<CurrentSession> => {
  const session = await requireSession();
  if (!session.needsFactor || session.hasFactor || session.provedFactor || (await isDemoPerson(session.email)))
    return session;
  const next = safeNextPath((await requestFacts()).path);
  return redirect(next === null ? "/account/second-step" : `/account/second-step?next=${encodeURIComponent(next)}`);
});

/**
 * Who asks, in the clinic of that address. Not signed in: the sign-in page. No member there, or not today: not found; and
 * who has no clinic at all today, somebody who has left, is told so on the start page. Who is signed in by the link of
 * another clinic reads at this one's own address how to sign in to it.
 */
export const requireClinicContext = cache(async (slug: string): Promise<ClinicContext> => {
  const session = await requireAccount();
  const membership = await membershipFor(slug, session.accountId);
  if (membership === null) {
    if ((await listMemberships(session.accountId)).length === 0) redirect("/");
    notFound();
  }
  const { requestId, path } = await requestFacts();
  if (!(await opensMembership(session, membership)))
    redirect(clinicSignInPath(membership.slug, path, refuse("sign_on.of_other_clinic")));
  const use = await emergencyUseOf(membership.clinicId, membership.memberId);
  return {
    clinicId: membership.clinicId,
    slug: membership.slug,
    clinicName: membership.clinicName,
    timeZone: membership.timeZone,
    locale: session.locale === "es" ? "es" : "en",
    // The function behind membershipFor reads a column that a CHECK holds to the roles.
    actor: {
      kind: "member",
      memberId: membership.memberId,
      name: membership.name,
      role: membership.role as Role,
      sessionId: session.sessionId,
      ...(use === null ? {} : { emergency: { useId: use.id, endsAt: use.endsAt } }),
    },
    requestId,
  };
});

export type Membership = { readonly slug: string; readonly clinicName: string; readonly timeZone: string };

/** The clinics that the signed-in person may open today, by name. */
export async function listMemberships(accountId: string): Promise<Membership[]> {
  const members = await withIdentity(accountId, (tx) =>
    tx.member.findMany({
      select: {
        startedOn: true,
        endedOn: true,
        endedAt: true,
        clinic: { select: { slug: true, name: true, timeZone: true } },
      },
      orderBy: { clinic: { name: "asc" } },
    }),
  );
  const now = new Date();
  return members
    .filter(({ startedOn, endedOn, endedAt, clinic }) => {
      const days = {
        startedOn: fromDatabaseDate(startedOn),
        endedOn: endedOn === null ? null : fromDatabaseDate(endedOn),
        endedAt,
      };
      const state = memberState(days, calendarDateIn(clinic.timeZone, now));
      return state === "active" || state === "leaving";
    })
    .map(({ clinic }) => ({ slug: clinic.slug, clinicName: clinic.name, timeZone: clinic.timeZone }));
}

/** Whether nobody has founded a clinic here yet, so that the first-run page may. */
export async function isFirstRun(): Promise<boolean> {
  return !(await hasAnyClinic());
}

export type InvitationShown =
  | { readonly state: "unknown" | "used" | "revoked" | "expired" }
  | {
      readonly state: "open";
      readonly clinicName: string;
      readonly name: string;
      readonly email: string;
      readonly role: Role;
      readonly jobTitle: string;
      readonly workforceType: string;
      /** Whose account must be signed in to accept; null when the email has none yet. */
      readonly accountId: string | null;
      /** What that person proves beside, in the session that was asked about. */
      readonly proof: ProofToJoin;
    };

/** What a one-time link invites to, as far as whoever holds the link may know; `session` is theirs. */
export async function findInvitation(token: string, session: CurrentSession | null): Promise<InvitationShown> {
  const invitation = await invitationForToken(tokenHash(token));
  if (invitation === null) return { state: "unknown" };
  if (invitation.acceptedAt !== null) return { state: "used" };
  if (invitation.revokedAt !== null) return { state: "revoked" };
  if (invitation.expiresAt <= new Date()) return { state: "expired" };
  const { clinicName, name, email, role, jobTitle, workforceType, accountId } = invitation;
  const isHolder = session !== null && session.accountId === accountId;
  const proof = isHolder ? await proofToJoin(invitation, session.sessionId) : "none";
  return { state: "open", clinicName, name, email, role: role as Role, jobTitle, workforceType, accountId, proof };
}
