import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { WithdrawException } from "#lib/domain/tools/exceptions/schema.ts";
import { requireException } from "#lib/domain/tools/exceptions/store.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Ends an exception before its last day, with a reason; what it allowed until now stays on record. */
export const withdrawException = defineCommand(
  "withdraw-exception",
  "tool_exception.grant",
  WithdrawException,
  async ({ tx, ctx }, { exceptionId, reason }) => {
    const withdrawnBy = requireMemberId(ctx);
    const { toolId, vendor, product, surface, memberId, role } = await requireException(tx, exceptionId, ctx.today);
    const { count } = await tx.toolException.updateMany({
      where: { id: exceptionId, withdrawnAt: null, endsOn: { gte: toDatabaseDate(ctx.today) } },
      data: { withdrawnBy, withdrawnAt: ctx.now, withdrawnReason: reason },
    });
    if (count === 0) {
      const meanwhile = await requireException(tx, exceptionId, ctx.today);
      if (meanwhile.withdrawnBy === null) throw refuse("tool_exception.ended");
      throw refuse("tool_exception.withdrawn_meanwhile", { name: meanwhile.withdrawnBy });
    }
    const said = { toolId, vendor, product, surface, memberId, role, reason };
    return done({ exceptionId, toolId }, { type: "tool_exception.withdrawn", id: exceptionId, ...said });
  },
);
