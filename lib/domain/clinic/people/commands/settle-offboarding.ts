import "server-only";
import { assertMayChange } from "#lib/domain/clinic/people/rules.ts";
import { type OffboardingKind, SettleOffboarding } from "#lib/domain/clinic/people/schema.ts";
import { requireMember } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";

/** Ticks off what is seen to when somebody leaves: done, not needed with the reason, or open again. */
export const settleOffboarding = defineCommand(
  "settle-offboarding",
  "member.keep",
  SettleOffboarding,
  async ({ tx, ctx }, { endingId, version, items }) => {
    const ending = await tx.memberEnding.findFirst({
      where: { id: endingId },
      include: { items: { orderBy: { position: "asc" } } },
    });
    if (ending === null) throw new NotFound();
    const { memberId } = ending;
    const member = await requireMember(tx, memberId, ctx.today);
    assertMayChange(ctx.actor, member);
    const changed = items.flatMap(({ position, state, note }, index) => {
      const item = ending.items.find((known) => known.position === position);
      if (item === undefined) throw new NotFound();
      if (state === "not_needed" && note === "") throw refuse("member.why_not_needed", {}, `items.${index}.note`);
      return item.state === state && item.note === note ? [] : [{ ...item, state, note }];
    });
    if (changed.length === 0) return unchanged({ memberId });
    const { count } = await tx.memberEnding.updateMany({
      where: { id: endingId, version, withdrawnAt: null },
      data: { version: { increment: 1 } },
    });
    if (count === 0) throw refuse("member.changed_meanwhile", { name: member.name });
    const settledBy = actingMemberId(ctx);
    for (const { position, state, note } of changed) {
      const settled = state === "open" ? { settledBy: null, settledAt: null } : { settledBy, settledAt: ctx.now };
      await tx.offboardingItem.updateMany({ where: { endingId, position }, data: { state, note, ...settled } });
    }
    const open = await tx.offboardingItem.count({ where: { endingId, state: "open" } });
    return done(
      { memberId },
      {
        ...{ type: "member.offboarding_settled", id: memberId, memberId, endingId, open },
        kinds: changed.map(({ kind }) => kind as OffboardingKind),
        states: changed.map(({ state }) => state),
        subjects: changed.map(({ subject }) => subject),
        notes: changed.map(({ note }) => note),
      },
    );
  },
);
