import "server-only";
import { createHash } from "node:crypto";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { keepFile } from "#lib/domain/files/steps.ts";
import { requireToolNamed } from "#lib/domain/vendors/paths/store.ts";
import { AttachWorksheetFile, FILES_PER_QUESTION_MAX } from "#lib/domain/vendors/worksheet/schema.ts";
import { holdDraft } from "#lib/domain/vendors/worksheet/steps.ts";
import { filesByQuestion, listWorksheetQuestions, requireWorksheet } from "#lib/domain/vendors/worksheet/store.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";

/** Keeps a file with the question that it proves. It stays with the worksheet. */
export const attachWorksheetFile = defineCommand(
  "attach-worksheet-file",
  "due_diligence.keep",
  AttachWorksheetFile,
  async ({ tx, ctx }, { worksheetId, question, name, bytes }) => {
    const attachedBy = actingMemberId(ctx);
    if (attachedBy === null) throw new Forbidden("due_diligence.keep");
    await requireWorksheet(tx, worksheetId);
    await holdDraft(tx, worksheetId);
    // Read again: whoever held the draft before may have attached the same.
    const worksheet = await requireWorksheet(tx, worksheetId);
    if (!listWorksheetQuestions().some(({ key }) => key === question)) throw refuse("due_diligence.questions_changed");
    const files = filesByQuestion(worksheet).get(question) ?? [];
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (files.some((file) => file.sha256 === sha256)) throw refuse("due_diligence.file_there", {}, "file");
    if (files.length >= FILES_PER_QUESTION_MAX) {
      throw refuse("due_diligence.too_many_files", { max: FILES_PER_QUESTION_MAX }, "file");
    }
    const { fileId, event } = await keepFile(tx, ctx, { name, bytes }, { use: "proof", field: "file" });
    await tx.dueDiligenceDocument.create({
      data: { worksheetId, question, fileId, attachedBy, attachedAt: ctx.now },
      select: { fileId: true },
    });
    const { toolId } = worksheet;
    const { product, surface } = await requireToolNamed(tx, toolId);
    return done(
      { toolId, worksheetId, fileId },
      {
        ...{ type: "due_diligence.document_attached", id: worksheetId, toolId, product, surface },
        ...{ question, fileId, fileSha256: sha256 },
      },
      event,
    );
  },
  { timeoutSeconds: 60 },
);
