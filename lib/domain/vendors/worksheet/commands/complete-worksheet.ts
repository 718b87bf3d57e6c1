import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { requireToolNamed } from "#lib/domain/vendors/paths/store.ts";
import { answersTo, assertComplete, countAnswered } from "#lib/domain/vendors/worksheet/rules.ts";
import { CompleteWorksheet } from "#lib/domain/vendors/worksheet/schema.ts";
import { holdDraft, keptAnswers } from "#lib/domain/vendors/worksheet/steps.ts";
import { filesByQuestion, questionsIn, requireWorksheet } from "#lib/domain/vendors/worksheet/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";

/** Closes a worksheet: its answers, files and conclusion stay as they are from now on, and decisions may rest on it. */
export const completeWorksheet = defineCommand(
  "complete-worksheet",
  "due_diligence.keep",
  CompleteWorksheet,
  async ({ tx, ctx }, input) => {
    const completedBy = actingMemberId(ctx);
    if (completedBy === null) throw new Forbidden("due_diligence.keep");
    const { worksheetId: id, version, conclusion, reverifyOn } = input;
    await requireWorksheet(tx, id);
    await holdDraft(tx, id);
    // Read again: a file may have been attached while somebody else held the draft.
    const worksheet = await requireWorksheet(tx, id);
    if (worksheet.version !== version) throw refuse("due_diligence.saved_meanwhile");
    const files = filesByQuestion(worksheet);
    const answered = answersTo(questionsIn(ctx.locale), worksheet.answers.asked, []).map((answer) => ({
      ...answer,
      files: files.get(answer.question)?.length ?? 0,
    }));
    assertComplete({ answers: answered, reverifyOn }, ctx.today);
    const { answers, answersSha256 } = keptAnswers(ctx, worksheet.answers.asked, [], files);
    await tx.dueDiligence.update({
      where: { clinicId_id: { clinicId: ctx.clinicId, id } },
      data: {
        ...{ status: "complete", answers, conclusion, reverifyOn: toDatabaseDate(reverifyOn) },
        ...{ completedBy, completedAt: ctx.now, version: { increment: 1 } },
      },
      select: { id: true },
    });
    const { toolId, number } = worksheet;
    const { product, surface } = await requireToolNamed(tx, toolId);
    const count = countAnswered(answers.asked);
    return done(
      { toolId, worksheetId: id, number },
      {
        ...{ type: "due_diligence.completed", id, toolId, product, surface, number, answersSha256 },
        ...{ answered: count, conclusion, reverifyOn },
      },
    );
  },
);
