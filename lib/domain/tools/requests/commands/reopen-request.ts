import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { answersAlone, isAnswer } from "#lib/domain/tools/requests/rules.ts";
import { ReopenRequest } from "#lib/domain/tools/requests/schema.ts";
import { holdAskedUnder } from "#lib/domain/tools/requests/steps.ts";
import { refuseNotAnswered, requireRequest } from "#lib/domain/tools/requests/store.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { listActiveDeciders } from "#lib/domain/tools/store.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Takes an answer back, with a reason, and opens its request again. The answer stays on record as it was given; a decision
 * on the tool that came with it stands until somebody decides otherwise.
 */
export const reopenRequest = defineCommand(
  "reopen-request",
  "tool_request.answer",
  ReopenRequest,
  async ({ tx, ctx }, { requestId, version, reason }) => {
    const takenBackBy = requireMemberId(ctx);
    const request = await requireRequest(tx, requestId);
    const { status: answer, answeredBy, answeredAt, answerReason, answerToolId, soleDecider } = request;
    if (!isAnswer(answer) || answeredBy === null || answeredAt === null) return refuseNotAnswered(tx, requestId);
    const { requesterId, supporterIds, nameKey, vendor, product, surface } = request;
    const deciders = await listActiveDeciders(tx, ctx.today);
    const alone = answersAlone({ answererId: takenBackBy, requesterId, supporterIds, deciders });
    await holdAskedUnder(tx, request);
    const askedAgain = await tx.toolRequest.findFirst({
      where: { requesterId, nameKey, status: "open", id: { not: requestId } },
    });
    if (askedAgain !== null) throw refuse("tool_request.asked_again", { product, requestId: askedAgain.id });
    const { count } = await tx.toolRequest.updateMany({
      where: { id: requestId, status: answer, version },
      data: {
        ...{ status: "open", answeredBy: null, answeredAt: null, answerReason: null, answerToolId: null },
        ...{ soleDecider: false, version: { increment: 1 } },
      },
    });
    if (count === 0) return refuseNotAnswered(tx, requestId);
    const number = request.takenBack.length + 1;
    await tx.toolAnswerTakenBack.create({
      data: {
        ...{ requestId, number, answer, answeredBy, answeredAt, answerReason: answerReason ?? "", answerToolId },
        ...{ soleDecider, takenBackBy, takenBackAt: ctx.now, reason, takenBackAlone: alone },
      },
      select: { number: true },
    });
    const taken = { answer, answerToolId, reason, soleDecider: alone };
    return done(
      { requestId },
      { type: "tool_request.reopened", id: requestId, vendor, product, surface, number, ...taken },
    );
  },
);
