import "server-only";
import { type WorksheetQuestion, WorksheetQuestions } from "#lib/domain/vendors/worksheet/schema.ts";
import { readContent } from "#lib/platform/content/read-content.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";

let questions: readonly WorksheetQuestion[] | undefined;

/** The questions of the vendor worksheet in their order; read once a process. */
export function listWorksheetQuestions(): readonly WorksheetQuestion[] {
  questions ??= readContent("due-diligence", WorksheetQuestions).flatMap(({ value }) => value.questions);
  return questions;
}

/** The newest completed worksheet of a tool, as a decision that rests on it names it; null where there is none. */
export async function newestWorksheetOf(
  tx: ClinicTx,
  toolId: string,
): Promise<{ id: string; number: number; answersSha256: string } | null> {
  const worksheet = await tx.dueDiligence.findFirst({
    where: { toolId, status: "complete" },
    orderBy: { number: "desc" },
    select: { id: true, number: true, answers: true },
  });
  if (worksheet === null) return null;
  const { id, number, answers } = worksheet;
  return { id, number, answersSha256: bodySha256(bodyText(answers)) };
}
