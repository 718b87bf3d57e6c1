import "server-only";
import { resetLinkRefusal } from "#lib/domain/clinic/access/rules.ts";
import { IssueResetLink, RESET_LINK_HOURS } from "#lib/domain/clinic/access/schema.ts";
import { requireServing } from "#lib/domain/clinic/access/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";
import { isInAnotherClinic } from "#lib/platform/db/identity.ts";

/**
 * Makes a one-time link with which a member sets a new password; older ones stop working. The token is returned once,
 * the database keeps its hash. Refuses `reset_link.own`, `reset_link.of_owner` and `reset_link.other_clinic`.
 */
export const issueResetLink = defineCommand(
  "issue-reset-link",
  "reset_link.issue",
  IssueResetLink,
  async ({ tx, ctx }, { memberId }) => {
    const { actor } = ctx;
    if (actor.kind !== "member") throw new Forbidden("reset_link.issue");
    const member = await requireServing(tx, memberId, ctx.today);
    const refusal = resetLinkRefusal(actor, member);
    if (refusal !== null) throw refusal;
    // An account of several clinics is not one clinic's to open.
    if (await isInAnotherClinic(ctx.clinicId, memberId))
      throw refuse("reset_link.other_clinic", { name: member.name }, "memberId");
    await tx.resetLink.updateMany({ where: { memberId, endedAt: null }, data: { endedAt: ctx.now } });
    const token = newToken();
    const link = { id: newId(), memberId };
    const expiresAt = new Date(ctx.now.getTime() + RESET_LINK_HOURS * 3_600_000);
    await tx.resetLink.create({
      data: { ...link, tokenHash: tokenHash(token), issuedBy: actor.memberId, issuedAt: ctx.now, expiresAt },
      select: { id: true },
    });
    const issued = { type: "reset_link.issued", ...link, expiresAt: expiresAt.toISOString() } as const;
    return done({ token, name: member.name, expiresAt }, issued);
  },
);
