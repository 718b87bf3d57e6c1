import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { requireToolNamed } from "#lib/domain/vendors/paths/store.ts";
import { StartWorksheet } from "#lib/domain/vendors/worksheet/schema.ts";
import { keptAnswers } from "#lib/domain/vendors/worksheet/steps.ts";
import { completedBefore, listWorksheetQuestions } from "#lib/domain/vendors/worksheet/store.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Begins a worksheet for a tool, with the notes of the last one; refused while another is not completed. */
export const startWorksheet = defineCommand(
  "start-worksheet",
  "due_diligence.keep",
  StartWorksheet,
  async ({ tx, ctx }, { toolId }) => {
    const startedBy = actingMemberId(ctx);
    if (startedBy === null) throw new Forbidden("due_diligence.keep");
    const { product, surface } = await requireToolNamed(tx, toolId);
    const newest = await tx.dueDiligence.aggregate({ where: { toolId }, _max: { number: true } });
    const number = 1 + (newest._max.number ?? 0);
    const last = await completedBefore(tx, { toolId, number });
    // The questions may have changed since; those that are gone are left behind.
    const asked = new Set(listWorksheetQuestions().map(({ key }) => key));
    // A judgement is made anew each time, so the answers themselves are not carried over.
    const notes = (last?.answers.asked ?? [])
      .filter(({ question }) => asked.has(question))
      .map(({ question, note }) => ({ question, answer: null, note }));
    const { answers, answersSha256 } = keptAnswers(ctx, notes, []);
    const id = newId();
    const { count } = await tx.dueDiligence.createMany({
      data: [{ id, toolId, number, status: "draft", answers, conclusion: "", startedBy, startedAt: ctx.now }],
      // A tool has one draft; of two people who begin one, the second is told.
      skipDuplicates: true,
    });
    if (count === 0) throw refuse("due_diligence.draft_open");
    return done(
      { toolId, worksheetId: id, number },
      {
        ...{ type: "due_diligence.started", id, toolId, product, surface, number, answersSha256 },
        continues: last?.number ?? null,
      },
    );
  },
);
