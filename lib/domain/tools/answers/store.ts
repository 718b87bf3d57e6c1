import "server-only";
import { listUsesBehind } from "#lib/domain/clinic/emergency-access/store.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import type {
  Answer,
  AnswerShown,
  AnswerTakenBack,
  ToolBeside,
  UnderEmergency,
} from "#lib/domain/tools/requests/schema.ts";
import type { StoredRequest } from "#lib/domain/tools/requests/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The events that answer a request: each answer leaves one of them, in the order in which they were given. */
export const ANSWER_EVENTS = [
  "tool_request.granted",
  "tool_request.refused",
  "tool_request.pointed_elsewhere",
] as const;

type Answers = { readonly answer: AnswerShown | null; readonly takenBack: readonly AnswerTakenBack[] };

type Reading = {
  readonly beside: (toolId: string | null) => ToolBeside | null;
  /** Since when its reasons are written to the reader too; null for whom they all are. */
  readonly since: Date | null;
};

/**
 * The answer to a request, and those that were taken back, the last first, without the reasons that were written to others
 * before the reader joined. Which was given in an emergency the ledger knows.
 */
export async function answersShown(
  tx: ClinicTx,
  ctx: WorkContext,
  row: StoredRequest,
  { beside, since }: Reading,
): Promise<Answers> {
  const written = (at: Date, reason: string) => (since === null || at >= since ? reason : "");
  const given = await behind(tx, ctx, row.id, ANSWER_EVENTS);
  const taken = row.takenBack.length === 0 ? [] : await behind(tx, ctx, row.id, ["tool_request.reopened"]);
  const takenBack = row.takenBack.map(({ number, answerer, taker, ...once }): AnswerTakenBack => {
    return {
      ...{ number, status: once.answer as Answer, by: answerer.name, at: once.answeredAt },
      reason: written(once.answeredAt, once.answerReason),
      ...{ soleDecider: once.soleDecider, emergency: given[number - 1] ?? null, tool: beside(once.answerToolId) },
      takenBack: {
        ...{ by: taker.name, at: once.takenBackAt, alone: once.takenBackAlone },
        reason: written(once.takenBackAt, once.reason),
        emergency: taken[number - 1] ?? null,
      },
    };
  });
  return {
    answer: standing(row, beside(row.answerToolId), given[takenBack.length] ?? null),
    takenBack: takenBack.reverse(),
  };
}

function standing(row: StoredRequest, tool: ToolBeside | null, emergency: UnderEmergency | null): AnswerShown | null {
  if (row.answerer === null || row.answeredAt === null) return null;
  const { answeredAt: at, answerReason, soleDecider } = row;
  return { by: row.answerer.name, at, reason: answerReason ?? "", soleDecider, emergency, tool };
}

async function behind(
  tx: ClinicTx,
  ctx: WorkContext,
  requestId: string,
  types: readonly string[],
): Promise<Array<UnderEmergency | null>> {
  const readsAll = can(ctx, "emergency_access.read");
  return (await listUsesBehind(tx, { objectType: "tool_request", objectId: requestId, types })).map(
    ({ memberId, useId }) => {
      if (useId === null) return null;
      return { useId: readsAll || memberId === actingMemberId(ctx) ? useId : null };
    },
  );
}
