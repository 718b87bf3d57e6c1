import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { DeclineNarrowing } from "#lib/domain/tools/schema.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";

/** The second person's no to a proposed narrowing, with a reason: it ends, and the prohibition held all along. */
export const declineNarrowing = defineCommand(
  "decline-narrowing",
  "tool.approve_narrowing",
  DeclineNarrowing,
  async ({ tx, ctx }, { narrowingId, reason }) => {
    const narrowing = await tx.deepseekNarrowing.findFirst({ where: { id: narrowingId } });
    if (narrowing === null) throw new NotFound();
    const memberId = requireMemberId(ctx);
    if (narrowing.proposedBy === memberId) throw refuse("deepseek_narrowing.decline_own");
    const { count } = await tx.deepseekNarrowing.updateMany({
      where: { id: narrowing.id, status: "proposed" },
      data: { status: "withdrawn", withdrawnBy: memberId, withdrawnAt: ctx.now, withdrawnReason: reason },
    });
    if (count === 0) throw refuse("deepseek_narrowing.not_open");
    const { id: toolId, vendor, product, surface } = await requireTool(tx, narrowing.toolId);
    const said = { id: narrowing.id, toolId, vendor, product, surface, reason };
    return done({ toolId }, { type: "deepseek_narrowing.declined", ...said });
  },
);
