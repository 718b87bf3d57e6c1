import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { UnlinkRequest } from "#lib/domain/tools/requests/schema.ts";
import { assertMayTie, refuseClosed, requireRequest } from "#lib/domain/tools/requests/store.ts";
import { requireTool } from "#lib/domain/tools/store.ts";

/**
 * Says that an open request means another tool than the one it is tied to, where the right one is not at hand yet. Who may
 * not answer it may not free it either, and then decide on the tool alone.
 */
export const unlinkRequest = defineCommand(
  "unlink-request",
  "tool_request.answer",
  UnlinkRequest,
  async ({ tx, ctx }, { requestId, version }) => {
    const request = await requireRequest(tx, requestId);
    const { status, toolId, vendor, product, surface } = request;
    await assertMayTie(tx, ctx, request);
    if (status === "open" && toolId === null) return unchanged({ requestId });
    const { count } = await tx.toolRequest.updateMany({
      where: { id: requestId, status: "open", version },
      data: { toolId: null, version: { increment: 1 } },
    });
    if (count === 0 || toolId === null) return refuseClosed(tx, requestId);
    const tool = await requireTool(tx, toolId);
    return done(
      { requestId },
      {
        ...{ type: "tool_request.unlinked", id: requestId, vendor, product, surface },
        ...{ toolId, answerProduct: tool.product, answerSurface: tool.surface },
      },
    );
  },
);
