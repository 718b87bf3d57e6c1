import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { keepFile } from "#lib/domain/files/steps.ts";
import { PreviewImport, ROWS_MAX } from "#lib/domain/tools/imports/schema.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readTable } from "#lib/platform/spreadsheet/read-table.ts";
import { sha256Hex } from "#lib/proof/hash.ts";

/** Keeps a file of rows that can be read, for its preview. The register stays as it is. */
export const previewImport = defineCommand(
  "preview-import",
  "tool.import",
  PreviewImport,
  async ({ tx, ctx }, { kind, file }) => {
    const previewedBy = actingMemberId(ctx);
    if (previewedBy === null) throw new Forbidden("tool.import");
    const { rows } = await readTable(file.bytes);
    if (rows.length === 1) throw refuse("import.no_rows", {}, "file");
    const max = ROWS_MAX[kind];
    if (rows.length - 1 > max) throw refuse("spreadsheet.too_many_rows", { max }, "file");
    // The same file again, not yet applied, is the same preview.
    const again = await tx.importBatch.findFirst({
      where: { kind, status: "previewed", file: { sha256: sha256Hex(file.bytes) } },
      select: { id: true },
    });
    if (again !== null) return unchanged({ importId: again.id });
    const { fileId, event } = await keepFile(tx, ctx, file, { use: "sheet", field: "file" });
    const importId = newId();
    await tx.importBatch.create({
      data: { id: importId, kind, fileId, status: "previewed", previewedBy, previewedAt: ctx.now },
      select: { id: true },
    });
    const fileSha256 = event.sha256;
    return done({ importId }, event, { type: "import.previewed", id: importId, kind, fileId, fileSha256 });
  },
  { timeoutSeconds: 60 },
);
