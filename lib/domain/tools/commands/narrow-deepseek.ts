import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { assertMayNarrow } from "#lib/domain/tools/rules.ts";
import { NarrowDeepseek } from "#lib/domain/tools/schema.ts";
import { putDecisionInForce, requireMemberId } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Takes one surface out of the DeepSeek blanket, with a written rationale, so that the host which runs the weights can be
 * judged. Where the clinic asks for a second approver it is only proposed; otherwise it is in force at once and the tool
 * goes under review.
 */
export const narrowDeepseek = defineCommand(
  "narrow-deepseek",
  "tool.narrow_deepseek",
  NarrowDeepseek,
  async ({ tx, ctx }, input) => {
    const tool = await requireTool(tx, input.toolId);
    assertMayNarrow(tool);
    if (tool.version !== input.version) throw refuse("tool.decided_meanwhile", { product: tool.product });
    const open = await tx.deepseekNarrowing.findFirst({
      where: { toolId: tool.id, status: { not: "withdrawn" } },
      select: { id: true },
    });
    if (open !== null) throw refuse("deepseek_narrowing.already_open", { product: tool.product });
    const { needsSecondApprover } = await tx.clinic.findFirstOrThrow({ select: { needsSecondApprover: true } });
    const narrowingId = newId();
    const { rationale, version } = input;
    const { vendor, product, surface } = tool;
    const status = needsSecondApprover ? ("proposed" as const) : ("in_force" as const);
    await tx.deepseekNarrowing.create({
      data: {
        id: narrowingId,
        toolId: tool.id,
        rationale,
        status,
        proposedBy: requireMemberId(ctx),
        proposedAt: ctx.now,
      },
      select: { id: true },
    });
    const said = { id: narrowingId, toolId: tool.id, vendor, product, surface, rationale };
    const value = { toolId: tool.id, narrowingId, status };
    if (needsSecondApprover) return done(value, { type: "deepseek_narrowing.proposed", ...said });
    const decision = {
      status: "needs_review",
      basis: "deepseek_narrowed",
      reason: rationale,
      conditions: [],
      reviewOn: null,
    } as const;
    const { event } = await putDecisionInForce(tx, ctx, { tool, narrowed: true, version, ...decision });
    return done(value, { type: "deepseek_narrowing.put_in_force", ...said }, event);
  },
);
