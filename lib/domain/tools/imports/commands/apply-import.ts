import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { countOutcomes } from "#lib/domain/tools/imports/rules.ts";
import { ApplyImport } from "#lib/domain/tools/imports/schema.ts";
import { carryOut, takeTurns } from "#lib/domain/tools/imports/steps.ts";
import { bytesOfFile, planImport, requireImport } from "#lib/domain/tools/imports/store.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";

/**
 * Carries out what a previewed file comes to now: all of it, or nothing. The rows are read and judged anew, because the
 * register may have changed since. An import that has been applied stays as it was. Tokens of those whom it invites are
 * returned to the one who applied it, this once.
 */
export const applyImport = defineCommand(
  "apply-import",
  "tool.import",
  ApplyImport,
  async ({ tx, ctx }, { importId, seen }) => {
    const appliedBy = actingMemberId(ctx);
    if (appliedBy === null) throw new Forbidden("tool.import");
    await takeTurns(tx);
    const { kind, status, file, ...batch } = await requireImport(tx, importId);
    const { added, changed } = batch;
    if (status === "applied") {
      return unchanged({ importId, kind, added, changed, unchanged: batch.unchanged, invited: [] });
    }
    const planned = await planImport(tx, ctx, { kind, bytes: await bytesOfFile(tx, file.id) });
    const { rows, problems } = planned.plan;
    if (problems.length > 0) {
      throw refuse("import.has_errors", { rows: new Set(problems.map(({ row }) => row)).size });
    }
    if (seen !== undefined && seen !== planned.sha256) throw refuse("import.changed_meanwhile");
    const { events, invited } = await carryOut(tx, ctx, importId, planned);
    const counts = countOutcomes(rows);
    await tx.importBatch.updateMany({
      where: { id: importId },
      data: { ...counts, status: "applied", appliedBy, appliedAt: ctx.now },
    });
    const { id: fileId, sha256: fileSha256 } = file;
    return done(
      { importId, kind, ...counts, invited },
      { type: "import.applied", id: importId, kind, fileId, fileSha256, ...counts },
      ...events,
    );
  },
  // 20,000 new tools are 20,000 events and three times as many sealed names.
  { timeoutSeconds: 300 },
);
