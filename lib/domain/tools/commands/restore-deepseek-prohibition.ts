import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { RestoreProhibition } from "#lib/domain/tools/schema.ts";
import { putDecisionInForce, requireMemberId } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Ends a narrowing in force: the surface is under the DeepSeek blanket again. Of one that was only proposed nothing
 * changes but that it is taken back, or declined where it was somebody else's.
 */
export const restoreDeepseekProhibition = defineCommand(
  "restore-deepseek-prohibition",
  "tool.narrow_deepseek",
  RestoreProhibition,
  async ({ tx, ctx }, { toolId, reason }) => {
    const tool = await requireTool(tx, toolId);
    const narrowing = await tx.deepseekNarrowing.findFirst({ where: { toolId, status: { not: "withdrawn" } } });
    if (narrowing === null) throw refuse("deepseek_narrowing.not_open");
    const memberId = requireMemberId(ctx);
    const { count } = await tx.deepseekNarrowing.updateMany({
      where: { id: narrowing.id, status: narrowing.status },
      data: { status: "withdrawn", withdrawnBy: memberId, withdrawnAt: ctx.now, withdrawnReason: reason },
    });
    if (count === 0) throw refuse("deepseek_narrowing.not_open");
    const { vendor, product, surface } = tool;
    const value = (ended: "withdrawn" | "taken_back" | "declined") => ({ toolId, ended });
    const said = { id: narrowing.id, toolId, vendor, product, surface, reason };
    if (narrowing.status === "proposed") {
      const ended = narrowing.proposedBy === memberId ? "taken_back" : "declined";
      return done(value(ended), { type: `deepseek_narrowing.${ended}`, ...said });
    }
    const decision = { status: "prohibited", basis: "deepseek_restored", conditions: [], reviewOn: null } as const;
    const { event } = await putDecisionInForce(tx, ctx, {
      tool,
      narrowed: false,
      version: tool.version,
      reason,
      ...decision,
    });
    return done(value("withdrawn"), { type: "deepseek_narrowing.withdrawn", ...said }, event);
  },
);
