import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { SupportRequest } from "#lib/domain/tools/requests/schema.ts";
import { refuseClosed, requireRequest } from "#lib/domain/tools/requests/store.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** "Me too": wants the same as an open request of somebody else, and will see its answer. Twice is once. */
export const supportRequest = defineCommand(
  "support-request",
  "tool_request.ask",
  SupportRequest,
  async ({ tx, ctx }, { requestId }) => {
    const memberId = requireMemberId(ctx);
    const { requesterId, vendor, product, surface } = await requireRequest(tx, requestId);
    if (requesterId === memberId) throw refuse("tool_request.support_own", { product });
    // Holds the request as it is, so that nobody answers it between the look and the word.
    const { count: open } = await tx.toolRequest.updateMany({
      where: { id: requestId, status: "open" },
      data: { version: { increment: 0 } },
    });
    if (open === 0) return refuseClosed(tx, requestId);
    const { count } = await tx.toolRequestSupporter.createMany({
      data: [{ requestId, memberId, supportedAt: ctx.now }],
      skipDuplicates: true,
    });
    if (count === 0) return unchanged({ requestId });
    return done({ requestId }, { type: "tool_request.supported", id: requestId, vendor, product, surface });
  },
);
