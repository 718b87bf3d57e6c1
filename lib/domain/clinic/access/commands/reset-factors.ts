import "server-only";
import { factorResetRefusal } from "#lib/domain/clinic/access/rules.ts";
import { ResetFactors } from "#lib/domain/clinic/access/schema.ts";
import { requireServing } from "#lib/domain/clinic/access/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { isInAnotherClinic } from "#lib/platform/db/identity.ts";

/**
 * Takes a member's second factors and recovery codes away, because they are lost, and ends their sessions: at the next
 * sign-in they set a new one before anything else. Where they have a password, nobody vouches for them any more. Refuses `factor_reset.own`, `.above_own`, `.other_clinic` and `.none`.
 */
export const resetFactors = defineCommand(
  "reset-factors",
  "factors.reset",
  ResetFactors,
  async ({ tx, ctx }, { memberId, reason }) => {
    const { actor } = ctx;
    if (actor.kind !== "member") throw new Forbidden("factors.reset");
    const member = await requireServing(tx, memberId, ctx.today);
    const refusal = factorResetRefusal(actor, member);
    if (refusal !== null) throw refusal;
    // An account of several clinics is not one clinic's to open.
    if (await isInAnotherClinic(ctx.clinicId, memberId))
      throw refuse("factor_reset.other_clinic", { name: member.name });
    const id = newId();
    // The database takes them away with this row, and counts them.
    const { factors, links: linksEnded } = await tx.factorReset.create({
      data: { id, memberId, reason, resetBy: actor.memberId, resetAt: ctx.now },
      select: { factors: true, links: true },
    });
    if (factors === 0) throw refuse("factor_reset.none", { name: member.name });
    const event = { type: "member.factors_reset", id, memberId, factors, linksEnded, reason } as const;
    return done({ name: member.name, linksEnded }, event);
  },
);
