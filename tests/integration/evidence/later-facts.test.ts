import { beforeAll, describe, expect, test } from "vitest";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";
import { grantException } from "#lib/domain/tools/exceptions/commands/grant-exception.ts";
import { withdrawException } from "#lib/domain/tools/exceptions/commands/withdraw-exception.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { attachBaaDocument } from "#lib/domain/vendors/baas/commands/attach-baa-document.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { withdrawBaaTermination } from "#lib/domain/vendors/baas/commands/withdraw-baa-termination.ts";
import { describeVendor } from "#lib/domain/vendors/commands/describe-vendor.ts";
import { attachWorksheetFile } from "#lib/domain/vendors/worksheet/commands/attach-worksheet-file.ts";
import { completeWorksheet } from "#lib/domain/vendors/worksheet/commands/complete-worksheet.ts";
import { saveWorksheet } from "#lib/domain/vendors/worksheet/commands/save-worksheet.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { toolWithVendor, typedBaa } from "#tests/support/baas.ts";
import { verifyWithBoth } from "#tests/support/both-verifiers.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { allAnswers, paper, today } from "#tests/support/coverage.ts";
import { bringIn } from "#tests/support/imports.ts";
import { bagOf, eventTypes, madePack, tableOf } from "#tests/support/packs.ts";
import { asked, decidedTool, memberIdOf } from "#tests/support/requests.ts";

const QUESTION = "retention-by-kind";
const KNOWN = "vendor,product,surface,jurisdiction\nNorthwind Labs,Northwind Scribe,Team plan";

const DESCRIBED = {
  businessAssociate: "yes",
  businessAssociateReason: "It receives visit recordings for us.",
  notes: "",
} as const;

/** Records as they are made. */
async function begun({ as }: TestClinic) {
  const prohibited = await decidedTool(as.owner, "Northwind Chat", "prohibited");
  const { toolId, vendorId } = await toolWithVendor(as.owner);
  await describeVendor(as.owner, { vendorId, version: 1, ...DESCRIBED });
  const request = await asked(as.staff);
  const { exceptionId } = await grantException(as.owner, {
    ...{ toolId: prohibited, holder: "person", memberId: memberIdOf(as.staff), role: "" },
    ...{ reason: "To compare it with the scribe.", endsOn: addDays(today, 7) },
  });
  const { baaId, versionId } = await recordBaa(as.owner, typedBaa(vendorId, { surfaces: [toolId] }));
  const ending = { baaId, version: 1, lastDay: addDays(today, -2), reason: "Moved to another scribe." };
  const { terminationId } = await terminateBaa(as.owner, ending);
  const { worksheetId } = await startWorksheet(as.owner, { toolId });
  const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: allAnswers() });
  return { toolId, vendorId, request, exceptionId, versionId, ending, terminationId, worksheetId, version };
}

/** What happens to them later. */
async function wentOn({ as }: TestClinic, records: Awaited<ReturnType<typeof begun>>) {
  const { vendorId, request, exceptionId, versionId, ending, terminationId, worksheetId, version } = records;
  await describeVendor(as.privacy_officer, { vendorId, version: 2, ...DESCRIBED, notes: "Asked again." });
  await bringIn(as.privacy_officer, "tools", `${KNOWN},Ireland\n`);
  await answerRequest(as.privacy_officer, { ...request, answer: "refused", answerToolId: null, reason: "No BAA." });
  await withdrawException(as.privacy_officer, { exceptionId, reason: "The comparison is done." });
  await withdrawBaaTermination(as.owner, { terminationId, reason: "The wrong day." });
  await terminateBaa(as.owner, { ...ending, version: ending.version + 2, lastDay: addDays(today, -1) });
  for (const words of ["Signed agreement", "Annex"]) {
    await attachBaaDocument(as.owner, { versionId, file: paper(words) });
  }
  await attachWorksheetFile(as.owner, { worksheetId, question: QUESTION, ...paper("Retention") });
  await completeWorksheet(as.owner, {
    ...{ worksheetId, version, conclusion: "Good enough.", reverifyOn: addDays(today, 365) },
  });
}

/** Which events a column names in the rows that fit, by type and which of that type in the ledger it is. */
function named(bag: ReadonlyMap<string, Uint8Array>) {
  const types = eventTypes(bag);
  const nth = (seq: number) => types.slice(0, seq + 1).filter((type) => type === types[seq]).length;
  const say = (seq: string) => `${types[Number(seq)]} ${nth(Number(seq))}`;
  return (table: string, column: string, fits: Record<string, unknown> = {}) => {
    const rows = tableOf(bag, table).filter((row) =>
      Object.entries(fits).every(([name, value]) => row[name] === value),
    );
    const cells = new Set(rows.map((row) => row[column] ?? ""));
    const lines = [...cells].flatMap((cell) => String(cell).split("\n"));
    return lines.map((line) => (line === "" ? null : say(line)));
  };
}

describe("what came later in a record's life", () => {
  let bag: Map<string, Uint8Array>;
  beforeAll(async () => {
    const clinic = await mintClinic();
    await wentOn(clinic, await begun(clinic));
    ({ bag } = await madePack(clinic));
  });

  test("names its own entry beside the record's first", () => {
    const of = named(bag);
    const scribe = { product: "Northwind Scribe" };
    expect({
      request: [of("tool_requests", "event_seq"), of("tool_requests", "answered_event_seq")],
      exception: [of("tool_exceptions", "event_seq"), of("tool_exceptions", "withdrawn_event_seq")],
      worksheet: [of("due_diligence", "event_seq"), of("due_diligence", "completed_event_seq")],
      proof: of("due_diligence", "files_event_seq", { question: QUESTION }),
      noProof: of("due_diligence", "files_event_seq", { question: "encryption" }),
      baa: [of("baas", "event_seq"), of("baas", "terminated_event_seq")],
      papers: of("baas", "papers_event_seq"),
      vendor: [of("vendors", "event_seq"), of("vendors", "described_event_seq")],
      known: [of("tools", "event_seq", scribe), of("tools", "described_event_seq", scribe)],
      decided: of("tools", "decided_event_seq", { product: "Northwind Chat" }),
      undecided: of("tools", "decided_event_seq", scribe),
    }).toEqual({
      request: [["tool_request.asked 1"], ["tool_request.refused 1"]],
      exception: [["tool_exception.granted 1"], ["tool_exception.withdrawn 1"]],
      worksheet: [["due_diligence.started 1"], ["due_diligence.completed 1"]],
      proof: ["due_diligence.document_attached 1"],
      noProof: [null],
      baa: [["baa.recorded 1"], ["baa.terminated 2"]],
      papers: ["baa.document_attached 1", "baa.document_attached 2"],
      vendor: [["vendor.registered 1"], ["vendor.described 2"]],
      known: [["tool.registered 2"], ["tool.described 1"]],
      decided: ["tool.prohibited 1"],
      undecided: [null],
    });
  });

  test("is among the events of the items that it answers, and the pack verifies", async () => {
    const index: Array<{ item: number; events: string }> = JSON.parse(
      Buffer.from(bag.get("data/index.json") ?? []).toString("utf8"),
    );
    const types = eventTypes(bag);
    const of = (item: number) =>
      new Set(
        index
          .find((row) => row.item === item)
          ?.events.split(" ")
          .map((seq) => types[Number(seq)]),
      );
    expect(of(12)).toContain("tool_request.refused");
    expect(of(12)).toContain("tool_exception.withdrawn");
    expect(of(23)).toContain("baa.document_attached");
    expect(of(24)).toContain("baa.terminated");
    expect(of(41)).toContain("due_diligence.completed");
    expect((await verifyWithBoth(bag)).verdict).toBe("consistent_signer_unknown");
  });
});

test("what was recorded after a pack was asked for is not in it, whatever day it is said to be of", async () => {
  const clinic = await mintClinic();
  const records = await begun(clinic);
  const occurredAt = new Date();
  const { packId } = await requestEvidencePack(clinic.as.privacy_officer, {});
  const as = Object.fromEntries(Object.entries(clinic.as).map(([role, who]) => [role, { ...who, occurredAt }]));
  await wentOn({ ...clinic, as: { ...clinic.as, ...as } }, records);
  await makeEvidencePack(clinic.system, packId);
  const bag = await bagOf(clinic, packId);
  const of = named(bag);
  expect(tableOf(bag, "tool_requests")).toMatchObject([{ status: "open", answered_by: null, answer_reason: "" }]);
  expect(tableOf(bag, "tool_exceptions")).toMatchObject([{ withdrawn_at: null, withdrawn_event_seq: null }]);
  expect(tableOf(bag, "due_diligence")).toEqual([]);
  expect(tableOf(bag, "baas")).toMatchObject([{ terminated_after: records.ending.lastDay, papers: "" }]);
  expect(of("baas", "terminated_event_seq")).toEqual(["baa.terminated 1"]);
  expect(tableOf(bag, "vendors")).toMatchObject([{ notes: "" }]);
  expect(of("vendors", "described_event_seq")).toEqual(["vendor.described 1"]);
  expect(tableOf(bag, "tools").map(({ jurisdiction }) => jurisdiction)).toEqual(["United States", "United States"]);
  expect([...bag.keys()].filter((file) => file.startsWith("data/files/"))).toEqual([]);
});
