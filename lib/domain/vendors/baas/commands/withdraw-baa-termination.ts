import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { WithdrawBaaTermination } from "#lib/domain/vendors/baas/schema.ts";
import { countBaaChange, lockBaa, requireRecorder } from "#lib/domain/vendors/baas/steps.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";

/** Takes back an end that was recorded by mistake, or that the parties gave up. That it stood here stays on record. */
export const withdrawBaaTermination = defineCommand(
  "withdraw-baa-termination",
  "baa.record",
  WithdrawBaaTermination,
  async ({ tx, ctx }, { terminationId, reason }) => {
    const withdrawnBy = requireRecorder(ctx);
    const termination = await tx.baaTermination.findFirst({
      where: { id: terminationId },
      select: { baaId: true, baa: { select: { vendorId: true, reference: true } } },
    });
    if (termination === null) throw new NotFound();
    const { baaId, baa } = termination;
    await lockBaa(tx, baaId);
    const { count } = await tx.baaTermination.updateMany({
      where: { id: terminationId, withdrawnAt: null },
      data: { withdrawnBy, withdrawnAt: ctx.now, withdrawnReason: reason },
    });
    if (count === 0) throw refuse("baa.termination_withdrawn_already", { reference: baa.reference });
    await countBaaChange(tx, baaId);
    return done(
      { vendorId: baa.vendorId, baaId },
      { type: "baa.termination_withdrawn", id: baaId, vendorId: baa.vendorId, terminationId, reason },
    );
  },
);
