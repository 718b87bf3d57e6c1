import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { LinkRequest } from "#lib/domain/tools/requests/schema.ts";
import { assertMayTie, refuseClosed, requireRequest } from "#lib/domain/tools/requests/store.ts";
import { requireTool } from "#lib/domain/tools/store.ts";

/** Says which tool of the register an open request means: for whoever may answer it. */
export const linkRequest = defineCommand(
  "link-request",
  "tool_request.answer",
  LinkRequest,
  async ({ tx, ctx }, { requestId, toolId, version }) => {
    const request = await requireRequest(tx, requestId);
    await assertMayTie(tx, ctx, request);
    const tool = await requireTool(tx, toolId);
    if (request.status === "open" && request.toolId === tool.id) return unchanged({ requestId });
    const { count } = await tx.toolRequest.updateMany({
      where: { id: requestId, status: "open", ...(version === undefined ? {} : { version }) },
      data: { toolId: tool.id, version: { increment: 1 } },
    });
    if (count === 0) return refuseClosed(tx, requestId);
    const { vendor, product, surface } = request;
    return done(
      { requestId },
      {
        ...{ type: "tool_request.linked", id: requestId, vendor, product, surface },
        ...{ toolId: tool.id, answerProduct: tool.product, answerSurface: tool.surface },
      },
    );
  },
);
