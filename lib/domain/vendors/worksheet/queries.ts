import "server-only";
import { z } from "zod";
import { withNames } from "#lib/domain/clinic/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { requireToolNamed } from "#lib/domain/vendors/paths/store.ts";
import {
  completedBefore,
  listWorksheetQuestions,
  listWorksheetsOf,
  requireWorksheet,
  worksheetShown,
} from "#lib/domain/vendors/worksheet/store.ts";

/** The worksheets of a tool, newest first. */
export const getWorksheetsPage = defineQuery(
  "worksheets-page",
  "vendor.read",
  z.object({ toolId: z.uuid() }),
  async ({ tx, ctx }, { toolId }) => {
    const tool = await requireToolNamed(tx, toolId);
    return { tool, worksheets: await listWorksheetsOf(tx, toolId), today: ctx.today, asOf: ctx.now };
  },
);

/** One worksheet with its questions, answers and files, and the decisions that rest on it. */
export const getWorksheetPage = defineQuery(
  "worksheet-page",
  "vendor.read",
  z.object({ worksheetId: z.uuid() }),
  async ({ tx, ctx }, { worksheetId }) => {
    const row = await requireWorksheet(tx, worksheetId);
    const tool = await requireToolNamed(tx, row.toolId);
    const before = await completedBefore(tx, row);
    const decisions = await tx.toolDecision.findMany({
      where: { dueDiligenceId: worksheetId },
      orderBy: { number: "asc" },
      take: 50,
      select: { id: true, number: true, status: true, decidedBy: true, decidedAt: true },
    });
    const shown = await withNames(tx, (nameOf) => ({
      worksheet: worksheetShown(row, { nameOf, locale: ctx.locale, before: before?.answers ?? null }),
      decisions: decisions.map(({ decidedBy, ...decision }) => ({ ...decision, decidedBy: nameOf(decidedBy) })),
    }));
    return {
      tool,
      ...shown,
      before: before === null ? null : { id: before.id, number: before.number, completedAt: before.completedAt },
      questions: listWorksheetQuestions(),
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);
