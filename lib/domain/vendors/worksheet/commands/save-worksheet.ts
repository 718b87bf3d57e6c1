import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { requireToolNamed } from "#lib/domain/vendors/paths/store.ts";
import { countAnswered } from "#lib/domain/vendors/worksheet/rules.ts";
import { SaveWorksheet } from "#lib/domain/vendors/worksheet/schema.ts";
import { keptAnswers } from "#lib/domain/vendors/worksheet/steps.ts";
import { requireWorksheet } from "#lib/domain/vendors/worksheet/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Keeps a part of a draft. Who writes on what somebody else has saved since is told, and changes nothing. */
export const saveWorksheet = defineCommand(
  "save-worksheet",
  "due_diligence.keep",
  SaveWorksheet,
  async ({ tx, ctx }, input) => {
    const { worksheetId: id, version, conclusion, reverifyOn } = input;
    const worksheet = await requireWorksheet(tx, id);
    if (worksheet.status === "complete") throw refuse("due_diligence.already_complete");
    const { answers, answersSha256 } = keptAnswers(ctx, worksheet.answers.asked, input.answers);
    const { count } = await tx.dueDiligence.updateMany({
      where: { id, status: "draft", version },
      data: {
        answers,
        ...(conclusion === undefined ? {} : { conclusion }),
        ...(reverifyOn === undefined ? {} : { reverifyOn: reverifyOn === null ? null : toDatabaseDate(reverifyOn) }),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw refuse("due_diligence.saved_meanwhile");
    const { toolId, number } = worksheet;
    const { product, surface } = await requireToolNamed(tx, toolId);
    const answered = countAnswered(answers.asked);
    return done(
      { toolId, worksheetId: id, version: version + 1 },
      { type: "due_diligence.saved", id, toolId, product, surface, number, answered, answersSha256 },
    );
  },
);
