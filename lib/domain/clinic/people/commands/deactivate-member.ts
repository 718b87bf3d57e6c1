import "server-only";
import { endEmergencyOf } from "#lib/domain/clinic/emergency-access/steps.ts";
import { assertMayChange, assertOwnerStays } from "#lib/domain/clinic/people/rules.ts";
import { DeactivateMember } from "#lib/domain/clinic/people/schema.ts";
import { addEnding, lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { findEnding, otherOwnerStays, requireMember } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Ends a membership (45 CFR 164.308(a)(3)(ii)(C)): on a later day with the end of that day, on today's at once. An end that
 * was planned is replaced, and what was seen to for it is kept.
 */
export const deactivateMember = defineCommand(
  "deactivate-member",
  "member.keep",
  DeactivateMember,
  async ({ tx, ctx }, { memberId, version, lastDay, reason, accounts }) => {
    await lockRoster(tx, ctx);
    const member = await requireMember(tx, memberId, ctx.today);
    if (member.version !== version) throw refuse("member.changed_meanwhile", { name: member.name });
    assertMayChange(ctx.actor, member);
    if (member.state === "left") throw refuse("member.has_left", { name: member.name });
    if (lastDay < ctx.today) throw refuse("member.end_in_past", {}, "lastDay");
    if (lastDay < member.startedOn) throw refuse("member.end_before_start", {}, "lastDay");
    assertOwnerStays(member, await otherOwnerStays(tx, memberId, ctx.today));
    const enteredBy = actingMemberId(ctx);
    const atOnce = lastDay === ctx.today;
    const endedAt = atOnce ? ctx.now : null;
    const { count } = await tx.member.updateMany({
      where: { id: memberId, version },
      data: { endedOn: toDatabaseDate(lastDay), endedAt, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("member.changed_meanwhile", { name: member.name });
    const planned = await findEnding(tx, memberId);
    if (planned !== null) {
      await tx.memberEnding.updateMany({
        where: { id: planned.id, withdrawnAt: null },
        data: { withdrawnBy: enteredBy, withdrawnAt: ctx.now, withdrawnReason: reason },
      });
    }
    const kept = (planned?.items ?? []).map(({ kind, subject, state, note, settledBy, settledAt }) => ({
      ...{ kind, subject, state, note, settledBy, settledAt },
    }));
    const ending = { memberId, lastDay, endedAt, reason, enteredBy, enteredAt: ctx.now };
    const endingId = await addEnding(tx, ending, { kept, accounts });
    return done(
      { memberId, atOnce },
      { type: "member.deactivated", id: memberId, memberId, endingId, lastDay, atOnce, reason, accounts },
      ...(atOnce ? await endEmergencyOf(tx, ctx, { memberId, reason }) : []),
    );
  },
);
