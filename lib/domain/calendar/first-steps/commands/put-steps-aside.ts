import "server-only";
import { PutStepsAside } from "#lib/domain/calendar/first-steps/schema.ts";
import { stepsPutAside } from "#lib/domain/calendar/first-steps/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** Takes steps off one's own list of first steps, whether they are done or not. */
export const putStepsAside = defineCommand(
  "put-steps-aside",
  "first_steps.choose",
  PutStepsAside,
  async ({ tx, ctx }, input) => {
    const memberId = actingMemberId(ctx);
    if (memberId === null) throw new NotFound();
    const already = await stepsPutAside(tx, memberId);
    const steps = [...new Set(input.steps)].filter((step) => !already.has(step));
    if (steps.length === 0) return unchanged({ steps });
    for (const step of steps) {
      const chosen = { putAside: true, changedAt: ctx.now };
      const { count } = await tx.firstStepChoice.updateMany({ where: { memberId, step }, data: chosen });
      if (count === 0) await tx.firstStepChoice.createMany({ data: [{ memberId, step, ...chosen }] });
    }
    return done({ steps }, { type: "first_steps.put_aside", id: memberId, steps });
  },
);
