import "server-only";
import { joinAsInvited, takeInvitation } from "#lib/domain/clinic/people/steps.ts";
import { AcceptInvitation } from "#lib/domain/clinic/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { defineFounding } from "#lib/domain/founding.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { type InvitationRow, invitationForToken } from "#lib/platform/db/identity.ts";

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
  }
  const { name, jobTitle, workforceType, startedOn } = input;
  const joined = await joinAsInvited(tx, ctx, invitation, { accountId, name, jobTitle, workforceType, startedOn });
  return {
    value: { accountId, memberId: joined.id, startsLater: joined.startedOn > ctx.today },
    events: [{ type: "member.joined", ...joined }],
  };
});

type Joining = Omit<Parameters<typeof accept>[1], "invitationId" | "accountExists" | "email">;

/**
 * Joins the clinic that a one-time link invites to. A new person gets an account with the password hash; one who has an
 * account already must be signed in to it (`signedInAccountId`). Throws NotFound for an unknown token, and refuses
 * `invitation.used_or_expired` and `invitation.sign_in_first`.
 */
export async function acceptInvitation(
  token: string,
  raw: Joining,
  by: Pick<ClinicContext, "requestId" | "locale" | "occurredAt"> & { signedInAccountId: string | null },
): Promise<{ accountId: string; memberId: string; slug: string; startsLater: boolean }> {
  const invitation = await invitationForToken(tokenHash(token));
  if (invitation === null) throw new NotFound();
  if (invitation.accountId !== null && invitation.accountId !== by.signedInAccountId)
    throw refuse("invitation.sign_in_first");
  const joined = await accept(
    { ctx: contextOf(invitation, by), accountId: invitation.accountId ?? newId() },
    { ...raw, invitationId: invitation.id, email: invitation.email, accountExists: invitation.accountId !== null },
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
