import "server-only";
import { endEmergencyOf } from "#lib/domain/clinic/emergency-access/steps.ts";
import { assertMayChange } from "#lib/domain/clinic/people/rules.ts";
import { ReinstateMember } from "#lib/domain/clinic/people/schema.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { findEnding, requireMember } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Takes back an end: who was to leave stays, who has left is a member again from now on. That it stood here stays on record.
 * Whether who is back may open emergency access is for the owner to say anew.
 */
export const reinstateMember = defineCommand(
  "reinstate-member",
  "member.keep",
  ReinstateMember,
  async ({ tx, ctx }, { memberId, version, reason }) => {
    await lockRoster(tx, ctx);
    const member = await requireMember(tx, memberId, ctx.today);
    if (member.version !== version) throw refuse("member.changed_meanwhile", { name: member.name });
    assertMayChange(ctx.actor, member);
    if (member.endedOn === null) throw refuse("member.has_not_ended", { name: member.name });
    const { count } = await tx.member.updateMany({
      where: { id: memberId, version },
      data: { endedOn: null, endedAt: null, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("member.changed_meanwhile", { name: member.name });
    const ending = await findEnding(tx, memberId);
    if (ending !== null) {
      await tx.memberEnding.updateMany({
        where: { id: ending.id, withdrawnAt: null },
        data: { withdrawnBy: actingMemberId(ctx), withdrawnAt: ctx.now, withdrawnReason: reason },
      });
    }
    return done(
      { memberId },
      { type: "member.reinstated", id: memberId, memberId, endingId: ending?.id ?? null, reason },
      ...(member.state === "left" ? await endEmergencyOf(tx, ctx, { memberId, reason: ending?.reason || reason }) : []),
    );
  },
);
