import "server-only";
import { joinAsInvited, takeInvitation } from "#lib/domain/clinic/people/steps.ts";
import { AcceptInvitation } from "#lib/domain/clinic/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { defineFounding } from "#lib/domain/founding.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { hasOwnWayIn } from "#lib/platform/auth/ways-in.ts";
import { type InvitationRow, invitationForToken, sessionOpens } from "#lib/platform/db/identity.ts";

const accept = defineFounding("accept-invitation", AcceptInvitation, async ({ tx, ctx, accountId }, input) => {
  if (accountId === null) throw new NotFound();
  const invitation = await takeInvitation(tx, ctx, input.invitationId);
  if (!input.accountExists) {
    if (input.passwordHash === undefined) throw refuse("invitation.password_needed", {}, "password");
    await tx.account.createMany({
      data: [
        {
          id: accountId,
          email: invitation.email,
          passwordHash: input.passwordHash,
          passwordChangedAt: ctx.now,
          locale: input.locale,
        },
      ],
    });
  } else if (input.passwordHash !== undefined) {
    const { count } = await tx.account.updateMany({
      where: { id: accountId, passwordChangedAt: null },
      data: { passwordHash: input.passwordHash, passwordChangedAt: ctx.now },
    });
    if (count === 0) throw refuse("invitation.sign_in_own");
    await noteAccountEvent(tx, accountId, ctx.now, { type: "password_changed" });
  }
  const { name, jobTitle, workforceType, startedOn } = input;
  const joined = await joinAsInvited(tx, ctx, invitation, { accountId, name, jobTitle, workforceType, startedOn });
  return {
    value: { accountId, memberId: joined.id, startsLater: joined.startedOn > ctx.today },
    events: [{ type: "member.joined", ...joined }],
  };
});

type Joining = Omit<Parameters<typeof accept>[1], "invitationId" | "accountExists" | "email">;

/** What somebody who has an account proves to join with it, beside being signed in. */
export type ProofToJoin = "none" | "own_way" | "first_password";

/**
 * Nothing more, except of who is signed in by the link of another clinic that this one doesn't trust: something of their
 * own, and where they have none, their first password.
 */
export async function proofToJoin(
  { clinicId, accountId }: Pick<InvitationRow, "clinicId" | "accountId">,
  sessionId: string,
): Promise<ProofToJoin> {
  if (accountId === null || (await sessionOpens(sessionId, clinicId))) return "none";
  return (await hasOwnWayIn(accountId)) ? "own_way" : "first_password";
}

/**
 * Joins the clinic that a one-time link invites to. A new person gets an account with the password hash; one who has an
 * account already must be signed in to it (`signedInAccountId`), and by something that this clinic can trust (`sessionId`).
 * Throws NotFound for an unknown token, and refuses `invitation.used_or_expired`, `invitation.sign_in_first`,
 * `invitation.sign_in_own` and `invitation.password_needed`.
 */
export async function acceptInvitation(
  token: string,
  raw: Joining,
  by: Pick<ClinicContext, "requestId" | "locale" | "occurredAt"> & {
    signedInAccountId: string | null;
    sessionId?: string;
  },
): Promise<{ accountId: string; memberId: string; slug: string; startsLater: boolean }> {
  const invitation = await invitationForToken(tokenHash(token));
  if (invitation === null) throw new NotFound();
  if (invitation.accountId !== null && invitation.accountId !== by.signedInAccountId)
    throw refuse("invitation.sign_in_first");
  const proof = by.sessionId === undefined ? "none" : await proofToJoin(invitation, by.sessionId);
  if (proof === "own_way") throw refuse("invitation.sign_in_own");
  if (proof === "first_password" && raw.passwordHash === undefined)
    throw refuse("invitation.password_needed", {}, "password");
  const passwordHash = invitation.accountId === null || proof === "first_password" ? raw.passwordHash : undefined;
  const joined = await accept(
    { ctx: contextOf(invitation, by), accountId: invitation.accountId ?? newId() },
    {
      ...raw,
      passwordHash,
      invitationId: invitation.id,
      email: invitation.email,
      accountExists: invitation.accountId !== null,
    },
  );
  return { ...joined, slug: invitation.slug };
}

function contextOf(
  invitation: InvitationRow,
  by: Pick<ClinicContext, "requestId" | "locale" | "occurredAt">,
): ClinicContext {
  return {
    clinicId: invitation.clinicId,
    slug: invitation.slug,
    clinicName: invitation.clinicName,
    timeZone: invitation.timeZone,
    locale: by.locale,
    requestId: by.requestId,
    ...(by.occurredAt === undefined ? {} : { occurredAt: by.occurredAt }),
    // Who joins is not a member yet; the event's object says who it is.
    actor: { kind: "system", job: "invitation" },
  };
}
