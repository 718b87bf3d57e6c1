import "server-only";
import { z } from "zod";
import { countImportedInvitations } from "#lib/domain/clinic/imports/store.ts";
import { withNames } from "#lib/domain/clinic/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { countOutcomes } from "#lib/domain/tools/imports/rules.ts";
import {
  IMPORT_PAGE_SIZE,
  ImportPage,
  ImportSheet,
  type PlanShown,
  PROBLEMS_SHOWN_MAX,
} from "#lib/domain/tools/imports/schema.ts";
import {
  BATCH_SHOWN,
  bytesOfFile,
  importShown,
  type PlannedImport,
  planImport,
  requireImport,
  sheetCells,
} from "#lib/domain/tools/imports/store.ts";

const LISTED_MAX = 20;

/** The newest imports. */
export const getImportsPage = defineQuery("imports-page", "tool.import", z.object({}), async ({ tx, ctx }) => {
  const batches = await tx.importBatch.findMany({
    ...BATCH_SHOWN,
    orderBy: [{ previewedAt: "desc" }, { id: "desc" }],
    take: LISTED_MAX,
  });
  const imports = await withNames(tx, (nameOf) => batches.map((batch) => importShown(batch, nameOf)));
  return { imports, asOf: ctx.now };
});

/** An import: what its file would do to the register as it is now, or what it did. */
export const getImportPage = defineQuery(
  "import-page",
  "tool.import",
  ImportPage,
  async ({ tx, ctx }, { importId, page }) => {
    const batch = await requireImport(tx, importId);
    const shown = await withNames(tx, (nameOf) => importShown(batch, nameOf));
    if (batch.status === "applied") {
      const waiting = batch.kind === "people" ? await countImportedInvitations(tx, importId) : 0;
      return { import: shown, plan: null, waiting, asOf: ctx.now };
    }
    const { kind, file } = batch;
    const planned = await planImport(tx, ctx, { kind, bytes: await bytesOfFile(tx, file.id) });
    return { import: shown, plan: planShown(planned, page), waiting: 0, asOf: ctx.now };
  },
  { timeoutSeconds: 60 },
);

function planShown({ sha256, readAs, plan }: PlannedImport, page: number): PlanShown {
  const told = plan.rows.filter(({ outcome, notes }) => outcome !== "unchanged" || notes.length > 0);
  const start = (page - 1) * IMPORT_PAGE_SIZE;
  return {
    ...{ sha256, readAs, page, notRead: plan.notRead, counts: countOutcomes(plan.rows) },
    problems: plan.problems.slice(0, PROBLEMS_SHOWN_MAX),
    problemCount: plan.problems.length,
    problemRows: new Set(plan.problems.map(({ row }) => row)).size,
    rows: told.slice(start, start + IMPORT_PAGE_SIZE).map(({ step: _, ...row }) => row),
    rowCount: told.length,
  };
}

/** The register of a kind as rows to edit and import again, or only the columns. */
export const getImportSheet = defineQuery(
  "import-sheet",
  "tool.import",
  ImportSheet,
  async ({ tx, ctx }, { kind, blank }) => ({
    kind,
    rows: blank ? [] : await sheetCells(tx, ctx, kind),
    today: ctx.today,
  }),
  { timeoutSeconds: 60 },
);
