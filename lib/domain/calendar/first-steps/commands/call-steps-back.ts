import "server-only";
import { CallStepsBack } from "#lib/domain/calendar/first-steps/schema.ts";
import { stepsPutAside } from "#lib/domain/calendar/first-steps/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** Puts every step that one had put aside back on one's own list. */
export const callStepsBack = defineCommand(
  "call-steps-back",
  "first_steps.choose",
  CallStepsBack,
  async ({ tx, ctx }) => {
    const memberId = actingMemberId(ctx);
    if (memberId === null) throw new NotFound();
    const steps = [...(await stepsPutAside(tx, memberId))];
    const { count } = await tx.firstStepChoice.updateMany({
      where: { memberId, putAside: true },
      data: { putAside: false, changedAt: ctx.now },
    });
    if (count === 0) return unchanged({ steps: [] });
    return done({ steps }, { type: "first_steps.called_back", id: memberId, steps });
  },
);
