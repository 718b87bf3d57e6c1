import type { z } from "zod";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import type { RecordBaa } from "#lib/domain/vendors/baas/schema.ts";
import { recordInferencePath } from "#lib/domain/vendors/paths/commands/record-inference-path.ts";
import type { RecordInferencePath } from "#lib/domain/vendors/paths/schema.ts";
import { attachWorksheetFile } from "#lib/domain/vendors/worksheet/commands/attach-worksheet-file.ts";
import { completeWorksheet } from "#lib/domain/vendors/worksheet/commands/complete-worksheet.ts";
import { saveWorksheet } from "#lib/domain/vendors/worksheet/commands/save-worksheet.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { listWorksheetQuestions } from "#lib/domain/vendors/worksheet/store.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { pdf } from "#tests/support/baas.ts";

/** Today in the clinics that tests mint. */
export const today = calendarDateIn("America/New_York", new Date());

export type TypedHop = z.input<typeof RecordInferencePath>["hops"][number];

/** The vendor's own application, covered by nothing until a field says so. */
export function hop(fields: Partial<TypedHop> = {}): TypedHop {
  return {
    processor: "Northwind Labs",
    role: "vendor_application",
    place: "United States",
    coverage: "none",
    ...fields,
  };
}

/** A BAA with the tool's vendor that names the tool, signed by both and in force until somebody ends it. */
export async function baaNaming(
  as: ClinicContext,
  toolId: string,
  fields: Partial<z.input<typeof RecordBaa>> = {},
): Promise<string> {
  const { tool } = await getToolPage(as, { toolId });
  const { baaId } = await recordBaa(as, {
    ...{ vendorId: tool.vendorId, reference: "BAA 2026-01", ourParty: "The clinic", theirParty: tool.vendor },
    ...{ agreedOn: addDays(today, -30), effectiveOn: addDays(today, -30), ends: "never", signature: "both" },
    ...{ services: [], surfaces: [toolId], note: "", ...fields },
  });
  return baaId;
}

/** Records a path of these hops as the tool's next one. */
export async function recordPath(
  as: ClinicContext,
  toolId: string,
  hops: TypedHop[],
  fields: Partial<z.input<typeof RecordInferencePath>> = {},
) {
  const { path } = await getToolPage(as, { toolId });
  return recordInferencePath(as, {
    ...{ toolId, after: path?.number ?? 0, statedIn: "The vendor's list of sub-processors", hops, ...fields },
  });
}

/** All that an approval for patient data asks for: a BAA that names the tool, and a path that it covers. */
export async function coverTool(as: ClinicContext, toolId: string, fields: Partial<z.input<typeof RecordBaa>> = {}) {
  const baaId = await baaNaming(as, toolId, fields);
  const { pathId } = await recordPath(as, toolId, [hop({ coverage: "our_baa", baaId })]);
  return { baaId, pathId };
}

/** A file whose first bytes are a PDF's, unlike any other. */
export function paper(words: string) {
  return { name: `${words}.pdf`, bytes: Uint8Array.from(pdf(words)) };
}

/** Every question answered in the same way. */
export function allAnswers(fields: { answer?: "good" | "concern" | "not_applicable" | "unknown"; note?: string } = {}) {
  const { answer = "good", note = "In the contract, clause 4." } = fields;
  return listWorksheetQuestions().map(({ key }) => ({ question: key, answer, note }));
}

/** A worksheet from its beginning to its end. */
export async function verifiedTool(
  as: ClinicContext,
  toolId: string,
  fields: { conclusion?: string; reverifyOn?: string; withFile?: boolean } = {},
): Promise<{ worksheetId: string; number: number }> {
  const { worksheetId, number } = await startWorksheet(as, { toolId });
  const { version } = await saveWorksheet(as, { worksheetId, version: 1, answers: allAnswers() });
  if (fields.withFile === true) {
    await attachWorksheetFile(as, { worksheetId, question: "retention-by-kind", ...paper("Retention") });
  }
  const { conclusion = "Good enough for letters.", reverifyOn = addDays(today, 365) } = fields;
  await completeWorksheet(as, { worksheetId, version, conclusion, reverifyOn });
  return { worksheetId, number };
}
