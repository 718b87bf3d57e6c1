import "server-only";
import { randomBytes } from "node:crypto";
import type { WorkContext } from "#lib/domain/context.ts";
import { answersTo, assertFits } from "#lib/domain/vendors/worksheet/rules.ts";
import type { Answer, KeptAnswers } from "#lib/domain/vendors/worksheet/schema.ts";
import { answersSha256, questionsIn } from "#lib/domain/vendors/worksheet/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

type Answered = { readonly question: string; readonly answer: Answer | null; readonly note: string };

/** The answers as they are kept, each with its question in the writer's words, and their hash; refuses what is too long. */
export function keptAnswers(
  ctx: WorkContext,
  kept: readonly Answered[],
  now: readonly Answered[],
  files: ReadonlyMap<string, ReadonlyArray<{ readonly sha256: string }>> = new Map(),
): { answers: KeptAnswers; answersSha256: string } {
  const asked = answersTo(questionsIn(ctx.locale), kept, now).map(({ question, text, answer, note }) => ({
    ...{ question, text, answer, note },
    files: (files.get(question) ?? []).map(({ sha256 }) => sha256),
  }));
  const answers = { salt: randomBytes(32).toString("base64url"), asked };
  assertFits(Buffer.byteLength(JSON.stringify(answers), "utf8"));
  return { answers, answersSha256: answersSha256(answers) };
}

/**
 * Holds a draft until the transaction ends, so that nobody completes it meanwhile; refuses
 * `due_diligence.already_complete` where somebody has.
 */
export async function holdDraft(tx: ClinicTx, worksheetId: string): Promise<void> {
  const { count } = await tx.dueDiligence.updateMany({
    where: { id: worksheetId, status: "draft" },
    data: { status: "draft" },
  });
  if (count === 0) throw refuse("due_diligence.already_complete");
}
