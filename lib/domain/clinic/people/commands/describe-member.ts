import "server-only";
import { assertMayChange } from "#lib/domain/clinic/people/rules.ts";
import { DescribeMember } from "#lib/domain/clinic/people/schema.ts";
import { searchKeyOf } from "#lib/domain/clinic/people/steps.ts";
import { assertOpenLocation, requireMember } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Writes down what a member does here: job title, workforce type, place and training tracks. */
export const describeMember = defineCommand(
  "describe-member",
  "member.keep",
  DescribeMember,
  async ({ tx, ctx }, { memberId, version, ...described }) => {
    const member = await requireMember(tx, memberId, ctx.today);
    assertMayChange(ctx.actor, member);
    const { jobTitle, workforceType, locationId, tracks } = member;
    if (member.version !== version) throw refuse("member.changed_meanwhile", { name: member.name });
    if (JSON.stringify({ jobTitle, workforceType, locationId, tracks }) === JSON.stringify(described))
      return unchanged({ memberId });
    if (described.locationId !== locationId) await assertOpenLocation(tx, described.locationId);
    const { count } = await tx.member.updateMany({
      where: { id: memberId, version },
      data: { ...described, searchKey: searchKeyOf({ ...member, ...described }), version: { increment: 1 } },
    });
    if (count === 0) throw refuse("member.changed_meanwhile", { name: member.name });
    const number = (await tx.memberDescription.count({ where: { memberId } })) + 1;
    await tx.memberDescription.createMany({
      data: [{ ...described, memberId, number, describedBy: actingMemberId(ctx), describedAt: ctx.now }],
    });
    return done({ memberId }, { type: "member.described", id: memberId, memberId, number, ...described });
  },
);
