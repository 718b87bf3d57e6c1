import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { WithdrawRequest } from "#lib/domain/tools/requests/schema.ts";
import { refuseClosed, requireRequest } from "#lib/domain/tools/requests/store.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** Takes one's own request back while nobody has answered it. */
export const withdrawRequest = defineCommand(
  "withdraw-request",
  "tool_request.ask",
  WithdrawRequest,
  async ({ tx, ctx }, { requestId }) => {
    const { requesterId, vendor, product, surface } = await requireRequest(tx, requestId);
    if (requesterId !== requireMemberId(ctx)) throw new NotFound();
    const { count } = await tx.toolRequest.updateMany({
      where: { id: requestId, status: "open" },
      data: { status: "withdrawn", answeredAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) return refuseClosed(tx, requestId);
    return done({ requestId }, { type: "tool_request.withdrawn", id: requestId, vendor, product, surface });
  },
);
