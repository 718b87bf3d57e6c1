import "server-only";
import { ResetPassword } from "#lib/domain/clinic/access/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { defineFounding } from "#lib/domain/founding.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { isInAnotherClinic, type ResetRow, resetForToken } from "#lib/platform/db/identity.ts";

const reset = defineFounding("reset-password", ResetPassword, async ({ tx, ctx, accountId }, input) => {
  if (accountId === null) throw new NotFound();
  // Only the first of two posts finds the link open.
  const { count } = await tx.resetLink.updateMany({
    where: { id: input.linkId, endedAt: null, expiresAt: { gt: ctx.now } },
    data: { endedAt: ctx.now },
  });
  if (count === 0) throw refuse("reset_link.used_or_expired");
  const { memberId } = await tx.resetLink.findFirstOrThrow({
    where: { id: input.linkId },
    select: { memberId: true },
  });
  const { passwordHash } = input;
  await tx.account.updateMany({ where: { id: accountId }, data: { passwordHash, passwordChangedAt: ctx.now } });
  const ended = await tx.session.updateMany({
    where: { accountId, revokedAt: null, expiresAt: { gt: ctx.now } },
    data: { revokedAt: ctx.now },
  });
  // Somebody else may have made one at an open browser; with the new password none is the only way in.
  const unlinked = await tx.credential.updateMany({
    where: { accountId, kind: "provider", removedAt: null },
    data: { removedAt: ctx.now },
  });
  // The other clinics of the account learn of it as of any other change.
  if (input.isOfSeveral) await noteAccountEvent(tx, accountId, ctx.now, { type: "password_changed" });
  const counted = { sessionsEnded: ended.count, linksEnded: unlinked.count };
  return { value: {}, events: [{ type: "reset_link.used", id: input.linkId, memberId, ...counted }] };
});

/**
 * Gives the account behind a reset link a new password, ends its sessions, and unlinks who vouched for it; a second factor
 * stays. Throws NotFound for an unknown token; refuses `reset_link.used_or_expired`, and `reset_link.joined_another` when the
 * account belongs to another clinic too and a clinic made the link.
 */
export async function resetPassword(
  token: string,
  passwordHash: string,
  by: Pick<ClinicContext, "requestId" | "locale" | "occurredAt">,
): Promise<void> {
  const link = await resetForToken(tokenHash(token));
  if (link === null) throw new NotFound();
  const isOfSeveral = await isInAnotherClinic(link.clinicId, link.memberId);
  if (isOfSeveral && !link.byOperator) throw refuse("reset_link.joined_another");
  await reset({ ctx: contextOf(link, by), accountId: link.accountId }, { linkId: link.id, passwordHash, isOfSeveral });
}

function contextOf(link: ResetRow, by: Pick<ClinicContext, "requestId" | "locale" | "occurredAt">): ClinicContext {
  return {
    ...by,
    clinicId: link.clinicId,
    slug: link.slug,
    clinicName: link.clinicName,
    timeZone: link.timeZone,
    // Nobody has signed in: the link itself is the permission, and the event says whose it is.
    actor: { kind: "system", job: "reset-link" },
  };
}

export type ResetLinkShown =
  | { readonly state: "over" }
  | { readonly state: "open"; readonly clinicName: string; readonly email: string };

/** Whose password a reset link sets; one that was never given out looks like one that is over. */
export async function findResetLink(token: string, now: Date): Promise<ResetLinkShown> {
  const link = await resetForToken(tokenHash(token));
  if (link === null || link.endedAt !== null || link.expiresAt <= now) return { state: "over" };
  return { state: "open", clinicName: link.clinicName, email: link.email };
}
