import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { ApproveNarrowing } from "#lib/domain/tools/schema.ts";
import { putDecisionInForce, requireMemberId } from "#lib/domain/tools/steps.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";

/**
 * The second person's word on a proposed narrowing: it is in force from now, and the tool goes under review. Where the
 * clinic has stopped asking for a second person, the proposer's own word is enough.
 */
export const approveNarrowing = defineCommand(
  "approve-narrowing",
  "tool.approve_narrowing",
  ApproveNarrowing,
  async ({ tx, ctx }, input) => {
    const narrowing = await tx.deepseekNarrowing.findFirst({ where: { id: input.narrowingId } });
    if (narrowing === null) throw new NotFound();
    const memberId = requireMemberId(ctx);
    const isProposer = narrowing.proposedBy === memberId;
    const { needsSecondApprover } = await tx.clinic.findFirstOrThrow({ select: { needsSecondApprover: true } });
    if (isProposer && needsSecondApprover) throw refuse("deepseek_narrowing.needs_another_person");
    const { count } = await tx.deepseekNarrowing.updateMany({
      where: { id: narrowing.id, status: "proposed" },
      data: { status: "in_force", approvedBy: isProposer ? null : memberId, approvedAt: ctx.now },
    });
    if (count === 0) throw refuse("deepseek_narrowing.not_open");
    const tool = await requireTool(tx, narrowing.toolId);
    const decision = { status: "needs_review", basis: "deepseek_narrowed", conditions: [], reviewOn: null } as const;
    const { event } = await putDecisionInForce(tx, ctx, {
      ...decision,
      tool,
      narrowed: true,
      version: tool.version,
      reason: narrowing.rationale,
    });
    const { vendor, product, surface } = tool;
    const said = { id: narrowing.id, toolId: tool.id, vendor, product, surface };
    return done({ toolId: tool.id }, { type: "deepseek_narrowing.approved", ...said }, event);
  },
);
