import "server-only";
import { endEmergencyOf } from "#lib/domain/clinic/emergency-access/steps.ts";
import { assertMayChangeRole } from "#lib/domain/clinic/people/rules.ts";
import { ChangeRole } from "#lib/domain/clinic/people/schema.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { otherOwnerStays, requireMember } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Gives a member another role, with the reason. Nobody raises their own, nobody gives one above their own, and the last
 * owner stays one.
 */
export const changeRole = defineCommand(
  "change-role",
  "member.keep",
  ChangeRole,
  async ({ tx, ctx }, { memberId, version, role, reason }) => {
    await lockRoster(tx, ctx);
    const member = await requireMember(tx, memberId, ctx.today);
    if (member.version !== version) throw refuse("member.changed_meanwhile", { name: member.name });
    if (member.state === "left") throw refuse("member.has_left", { name: member.name });
    if (member.role === role) return unchanged({ memberId });
    assertMayChangeRole(ctx.actor, {
      ...{ member, role, otherOwnerStays: await otherOwnerStays(tx, memberId, ctx.today) },
    });
    const { count } = await tx.member.updateMany({
      where: { id: memberId, version },
      data: { role, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("member.changed_meanwhile", { name: member.name });
    const number = (await tx.roleGrant.count({ where: { memberId } })) + 1;
    await tx.roleGrant.createMany({
      data: [{ memberId, number, role, reason, grantedBy: actingMemberId(ctx), grantedAt: ctx.now }],
    });
    // Nor may a naming from before hold again once an officer is none any more.
    const mayStayNamed = [member.role, role].every((one) => rolesWith("emergency_access.open").includes(one));
    return done(
      { memberId },
      { type: "member.role_changed", id: memberId, memberId, number, role, previousRole: member.role, reason },
      ...(mayStayNamed ? [] : await endEmergencyOf(tx, ctx, { memberId, reason })),
    );
  },
);
