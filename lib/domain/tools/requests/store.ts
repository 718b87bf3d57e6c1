import "server-only";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { listActiveDeciders } from "#lib/domain/tools/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * Refuses `tool_request.own` to somebody who approves a tool that they have asked for themselves, unless nobody else could
 * decide: then the decision is marked as its sole decider's.
 */
export async function assertNotOwnRequest(tx: ClinicTx, ctx: WorkContext, toolId: string): Promise<void> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) return;
  const own = await tx.toolRequest.findFirst({
    where: { toolId, requesterId: memberId, status: "open" },
    select: { id: true },
  });
  if (own === null) return;
  const deciders = await listActiveDeciders(tx, ctx.today);
  if (deciders.some((decider) => decider !== memberId)) throw refuse("tool_request.own");
}
