import "server-only";
import type { CurrentSession } from "#lib/platform/auth/session.ts";
import { type MembershipRow, membershipFor, sessionOpens } from "#lib/platform/db/identity.ts";

type Opener = Pick<CurrentSession, "accountId" | "sessionId" | "opensAll">;

/** Whether a session opens the clinic of that address: its person is a member there today, and proved it by nothing that is another clinic's. */
export async function opensClinic(session: Opener, slug: string): Promise<boolean> {
  const membership = await membershipFor(slug, session.accountId);
  return membership !== null && opensMembership(session, membership);
}

/** Whether its person is a member of that clinic today, and it was opened by the link of another that this one doesn't trust. */
export async function isOfOtherClinic(session: Opener, slug: string): Promise<boolean> {
  if (session.opensAll) return false;
  const membership = await membershipFor(slug, session.accountId);
  return membership !== null && !(await opensMembership(session, membership));
}

export async function opensMembership(
  { opensAll, sessionId }: Opener,
  { clinicId }: Pick<MembershipRow, "clinicId">,
): Promise<boolean> {
  return opensAll || sessionOpens(sessionId, clinicId);
}
