import "server-only";
import { RenewImported } from "#lib/domain/clinic/imports/schema.ts";
import { keepInvitations } from "#lib/domain/clinic/imports/steps.ts";
import { requireImportedInvitations } from "#lib/domain/clinic/imports/store.ts";
import { assertMayGrant } from "#lib/domain/clinic/people/rules.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";

/**
 * Makes new links for everybody whom an import invited and who has not joined, and ends the old ones: an import's links
 * are told once, and their file may be lost.
 */
export const renewImportedInvitations = defineCommand(
  "renew-imported-invitations",
  "member.invite",
  RenewImported,
  async ({ tx, ctx }, { importId }) => {
    const invitations = await requireImportedInvitations(tx, importId);
    // Who would have left before joining gets no link.
    const open = invitations.filter(({ invited: { endsOn } }) => endsOn === null || endsOn >= ctx.today);
    if (open.length === 0) throw refuse("import.nobody_to_join");
    for (const { invited } of open) assertMayGrant(ctx.actor, invited.role);
    const ids = open.map(({ id }) => id);
    const by = actingMemberId(ctx);
    const revoked = await inParts(ids, async (part) => {
      const where = { id: { in: part }, acceptedAt: null, revokedAt: null };
      return [await tx.invitation.updateMany({ where, data: { revokedAt: ctx.now, revokedBy: by } })];
    });
    // Somebody has joined, or has a newer link, since these were read.
    if (revoked.reduce((sum, { count }) => sum + count, 0) !== ids.length)
      throw refuse("import.links_changed_meanwhile");
    const people = open.map(({ invited }) => invited);
    const made = await keepInvitations(tx, ctx, { importId, invitedBy: by }, people);
    const events = [
      ...made.events,
      ...open.map(({ id, invited: { name, email, role } }, index): AuditEvent => {
        return { type: "member.invitation_revoked", id, name, email, role, replacedBy: made.ids[index] ?? null };
      }),
    ];
    const [first, ...others] = events;
    if (first === undefined) throw new Error("an invitation that is made leaves its event");
    return done({ invited: made.invited }, first, ...others);
  },
  { timeoutSeconds: 120 },
);
