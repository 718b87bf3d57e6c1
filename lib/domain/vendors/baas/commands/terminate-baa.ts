import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { assertMayTerminate } from "#lib/domain/vendors/baas/rules.ts";
import { TerminateBaa } from "#lib/domain/vendors/baas/schema.ts";
import { countBaaChange, requireBaaAsSeen, requireRecorder } from "#lib/domain/vendors/baas/steps.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Records that an agreement ends before its time (45 CFR 164.504(e)(2)(iii)), with its last day in force. */
export const terminateBaa = defineCommand(
  "terminate-baa",
  "baa.record",
  TerminateBaa,
  async ({ tx, ctx }, { baaId, version, lastDay, reason }) => {
    const enteredBy = requireRecorder(ctx);
    const { vendorId, facts } = await requireBaaAsSeen(tx, { baaId, version });
    assertMayTerminate(facts, lastDay, ctx.today);
    await countBaaChange(tx, baaId);
    const terminationId = newId();
    await tx.baaTermination.create({
      data: { id: terminationId, baaId, lastDay: toDatabaseDate(lastDay), reason, enteredBy, enteredAt: ctx.now },
      select: { id: true },
    });
    return done(
      { vendorId, baaId, terminationId },
      { type: "baa.terminated", id: baaId, vendorId, terminationId, lastDay, reason },
    );
  },
);
