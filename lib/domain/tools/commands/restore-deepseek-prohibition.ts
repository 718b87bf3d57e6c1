import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { RestoreProhibition } from "#lib/domain/tools/schema.ts";
import { putDecisionInForce, requireMemberId } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Ends a narrowing, in force or only proposed: the surface is under the DeepSeek blanket again. */
export const restoreDeepseekProhibition = defineCommand(
  "restore-deepseek-prohibition",
  "tool.narrow_deepseek",
  RestoreProhibition,
  async ({ tx, ctx }, { toolId, reason }) => {
    const tool = await requireTool(tx, toolId);
    const narrowing = await tx.deepseekNarrowing.findFirst({ where: { toolId, status: { not: "withdrawn" } } });
    if (narrowing === null) throw refuse("deepseek_narrowing.not_open");
    const { count } = await tx.deepseekNarrowing.updateMany({
      where: { id: narrowing.id, status: narrowing.status },
      data: { status: "withdrawn", withdrawnBy: requireMemberId(ctx), withdrawnAt: ctx.now, withdrawnReason: reason },
    });
    if (count === 0) throw refuse("deepseek_narrowing.not_open");
    const withdrawn = { type: "deepseek_narrowing.withdrawn" as const, id: narrowing.id, toolId, reason };
    if (narrowing.status === "proposed") return done({ toolId }, withdrawn);
    const decision = { status: "prohibited", basis: "deepseek_restored", conditions: [], reviewOn: null } as const;
    const { event } = await putDecisionInForce(tx, ctx, {
      tool,
      narrowed: false,
      version: tool.version,
      reason,
      ...decision,
    });
    return done({ toolId }, withdrawn, event);
  },
);
