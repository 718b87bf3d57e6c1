import { expect, test } from "vitest";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { getWorksheetPage } from "#lib/domain/vendors/worksheet/queries.ts";
import { listWorksheetsDue } from "#lib/domain/vendors/worksheet/store.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { today, verifiedTool } from "#tests/support/coverage.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const APPROVAL = { reason: "For letters.", conditions: "Nothing about patients goes in", reviewOn: "" } as const;

const dueOn = ({ clinicId }: TestClinic, day: string) =>
  readClinic({ clinicId }, {}, (tx) => listWorksheetsDue(tx, day));

test("worksheets to be done again are listed from thirty days before, most overdue first, the newest of each tool", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { as } = clinic;
  const tools: Record<string, string> = {};
  for (const [product, reverifyOn] of [
    ["Later", addDays(today, 41)],
    ["Soon", addDays(today, 20)],
    ["Renewed", addDays(today, 5)],
    ["Sooner", addDays(today, 10)],
    ["Given up", addDays(today, 1)],
  ] as const) {
    const { toolId } = await registerTool(as.owner, typedTool(product));
    tools[product] = toolId;
    await verifiedTool(as.owner, toolId, { reverifyOn });
  }
  await verifiedTool(as.owner, tools.Renewed ?? "", { reverifyOn: addDays(today, 365) });
  const retired = {
    toolId: tools["Given up"] ?? "",
    version: 1,
    status: "retired",
    reason: "Nobody uses it.",
  } as const;
  await decideTool(as.owner, retired);
  const products = async (day: string) => (await dueOn(clinic, day)).map(({ product }) => product);
  expect(await products(today)).toEqual(["Sooner", "Soon"]);
  expect(await products(addDays(today, 11))).toEqual(["Sooner", "Soon", "Later"]);
  expect(await products(addDays(today, -30))).toEqual([]);
  expect((await dueOn(clinic, today))[0]).toMatchObject({
    ...{ toolId: tools.Sooner, surface: "Team plan", reverifyOn: addDays(today, 10) },
  });
});

test("a decision keeps the newest completed worksheet, not the draft after it, and the worksheet names the decision", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  const before = { toolId, version: 1, status: "not_for_phi", ...APPROVAL } as const;
  await decideTool(as.privacy_officer, before);
  await verifiedTool(as.owner, toolId);
  const second = await verifiedTool(as.owner, toolId);
  await startWorksheet(as.owner, { toolId });
  const { decisionId } = await decideTool(as.privacy_officer, { ...before, version: 2 });
  const { decisions } = await getToolPage(as.owner, { toolId });
  expect(decisions.map(({ number, worksheet }) => [number, worksheet?.number ?? null])).toEqual([
    [2, 2],
    [1, null],
  ]);
  const { worksheet, decisions: resting } = await getWorksheetPage(as.owner, { worksheetId: second.worksheetId });
  expect(resting).toMatchObject([{ id: decisionId, status: "not_for_phi", decidedBy: "Dana Whitfield" }]);
  const [row] = await asApp(clinicId, (sql) => sql("SELECT snapshot FROM tool_decision WHERE number = 2"));
  expect(row.snapshot.dueDiligence).toEqual({
    id: second.worksheetId,
    number: 2,
    answersSha256: worksheet.answersSha256,
  });
});

test("a worksheet past its date is no reason to refuse a decision: the page says so, a person decides", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  await verifiedTool(as.owner, toolId, { reverifyOn: addDays(today, 1) });
  const later = { ...as.privacy_officer, occurredAt: new Date(Date.now() + 5 * 86_400_000) };
  const { status } = await decideTool(later, { toolId, version: 1, status: "not_for_phi", ...APPROVAL });
  expect(status).toBe("not_for_phi");
});
