import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { answersAlone, assertAnswer } from "#lib/domain/tools/requests/rules.ts";
import { AnswerRequest } from "#lib/domain/tools/requests/schema.ts";
import { refuseClosed, requireRequest, toolsById } from "#lib/domain/tools/requests/store.ts";
import { findAskedFor } from "#lib/domain/tools/similar/store.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { listActiveDeciders } from "#lib/domain/tools/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";

const EVENT_OF_ANSWER = {
  granted: "tool_request.granted",
  refused: "tool_request.refused",
  use_instead: "tool_request.pointed_elsewhere",
} as const;

/**
 * Answers a request: grants an approved tool, refuses with a reason, or points to another tool. Of two officers at once the
 * first one's answer stands, and the other is told whose it is; `reopenRequest` takes an answer back.
 */
export const answerRequest = defineCommand(
  "answer-request",
  "tool_request.answer",
  AnswerRequest,
  async ({ tx, ctx }, { requestId, version, answer, reason, ...input }) => {
    const answererId = requireMemberId(ctx);
    const request = await requireRequest(tx, requestId);
    if (request.status !== "open") return refuseClosed(tx, requestId);
    const { requesterId, supporterIds, vendor, product, surface } = request;
    const deciders = await listActiveDeciders(tx, ctx.today);
    const soleDecider = answersAlone({ answererId, requesterId, supporterIds, deciders });
    // The form sends a tool along that a refusal has no use for.
    const answerToolId = answer === "refused" ? null : input.answerToolId;
    const tool = (await toolsById(tx, [answerToolId], ctx, null)).get(answerToolId ?? "") ?? null;
    if (answerToolId !== null && tool === null) throw new NotFound();
    const askedFor = answer === "granted" ? await findAskedFor(tx, request) : [];
    const named = tool === null ? null : { ...tool, isAskedFor: askedFor.includes(tool.id) };
    assertAnswer({ request, answer, reason, tool: named });
    const { count } = await tx.toolRequest.updateMany({
      where: { id: requestId, status: "open", version },
      data: {
        ...{ status: answer, answeredBy: answererId, answeredAt: ctx.now, answerReason: reason, answerToolId },
        ...(answer === "granted" ? { toolId: answerToolId } : {}),
        ...{ soleDecider, version: { increment: 1 } },
      },
    });
    if (count === 0) return refuseClosed(tx, requestId);
    const answered = { answerProduct: tool?.product ?? "", answerSurface: tool?.surface ?? "", reason, soleDecider };
    const said = { id: requestId, vendor, product, surface, ...answered };
    const type = EVENT_OF_ANSWER[answer];
    if (type === "tool_request.refused") return done({ requestId, answer }, { type, ...said, answerToolId: null });
    return done({ requestId, answer }, { type, ...said, answerToolId: answerToolId ?? "" });
  },
);
