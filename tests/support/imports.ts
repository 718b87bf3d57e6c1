import type { Words } from "#components/data-table/columns.ts";
import { importSheet, noteWords, problemWords } from "#components/tools/import-words.ts";
import type { ClinicContext, Locale } from "#lib/domain/context.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { getImportPage, getImportSheet } from "#lib/domain/tools/imports/queries.ts";
import type { ImportKind, PlanShown } from "#lib/domain/tools/imports/schema.ts";
import { getRegisterPage, getToolPage } from "#lib/domain/tools/queries.ts";
import { Refusal } from "#lib/kernel/errors.ts";
import { translator } from "#lib/platform/i18n/messages.ts";
import { writeCsv } from "#lib/platform/spreadsheet/write-csv.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";

export function rowsFile(content: string | Uint8Array<ArrayBuffer>, name = "rows.csv") {
  return { name, bytes: typeof content === "string" ? new TextEncoder().encode(content) : content };
}

/** A file as its preview shows it. */
export async function look(as: ClinicContext, kind: ImportKind, content: string | Uint8Array<ArrayBuffer>, page = 1) {
  const { importId } = await previewImport(as, { kind, file: rowsFile(content) });
  const { plan } = await getImportPage(as, { importId, page });
  if (plan === null) throw new Error("this import has been applied already");
  return { importId, plan };
}

/** Previews a file and applies what the preview showed. */
export async function bringIn(as: ClinicContext, kind: ImportKind, content: string | Uint8Array<ArrayBuffer>) {
  const { importId, plan } = await look(as, kind, content);
  return applyImport(as, { importId, seen: plan.sha256 });
}

const saying = (locale: Locale) => ({ t: translator(locale) as unknown as Words, locale });

/** What the page says is wrong: row, column, what the cell says, and what is allowed. */
export function complaints(kind: ImportKind, plan: PlanShown): string[] {
  return plan.problems.map((problem) =>
    [problem.row, problem.column ?? "-", problem.value, problemWords(saying("en"), kind, problem)].join(" | "),
  );
}

export function notes(plan: PlanShown): string[] {
  return plan.rows.flatMap((row) => row.notes.map((note) => `${row.row} | ${noteWords(saying("en"), note)}`));
}

/** The register as the import's page hands it out to be edited. */
export async function fileToEdit(as: ClinicContext, kind: ImportKind, format: "csv" | "xlsx" = "csv") {
  const { rows } = await getImportSheet(as, { kind });
  const sheet = importSheet(saying(as.locale), kind, rows);
  return { sheet, bytes: format === "csv" ? writeCsv(sheet) : await writeXlsx(sheet) };
}

/** What the register has after an import, as one reader sees it. */
export function registerOf(reader: () => ClinicContext) {
  const toolsOf = async (query = "") => (await getRegisterPage(reader(), { q: query, size: 100 })).rows;
  const named = async (query = "") =>
    (await toolsOf(query)).map(
      ({ vendor, product, surface, status }) => `${vendor}: ${product}, ${surface}: ${status}`,
    );
  const toolNow = async (query: string) => {
    const [row] = await toolsOf(query);
    return (await getToolPage(reader(), { toolId: row?.id ?? "" })).tool;
  };
  return { toolsOf, named, toolNow };
}

/** The code and field of a refusal; anything else as it is. */
export async function refusalOf(work: Promise<unknown>) {
  const error = await work.catch((thrown: unknown) => thrown);
  return error instanceof Refusal ? [error.code, error.field ?? null] : error;
}
