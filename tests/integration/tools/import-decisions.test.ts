import { beforeEach, describe, expect, test } from "vitest";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { getRegisterPage, getToolPage } from "#lib/domain/tools/queries.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { coverTool } from "#tests/support/coverage.ts";
import { bringIn, complaints, look, notes, refusalOf, registerOf } from "#tests/support/imports.ts";
import { asked, somebody } from "#tests/support/requests.ts";
import { typedTool } from "#tests/support/tools.ts";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await mintClinic(["owner", "privacy_officer", "manager"]);
});

const HEADER = "vendor,product,surface,category,why";

const { toolsOf, named, toolNow } = registerOf(() => clinic.as.owner);

describe("decisions in a file", () => {
  const decided = (status: string, rest = '"Own account, nothing about patients",Low risk.,2027-05-01') =>
    `${HEADER},status,conditions,reason,review_on\nNorthwind,Scribe,Team,scribe,Takes notes.,${status},${rest}\n`;

  test("are the officer's own, with their basis, conditions, date and snapshot", async () => {
    await bringIn(clinic.as.privacy_officer, "tools", decided("not_for_phi"));
    const [row] = await toolsOf();
    const { tool, decisions, standing } = await getToolPage(clinic.as.owner, { toolId: row?.id ?? "" });
    expect(tool).toMatchObject({ status: "not_for_phi", reviewOn: "2027-05-01" });
    expect(standing.standing).toBe("may_use_without_phi");
    expect(decisions).toHaveLength(1);
    expect(decisions[0]).toMatchObject({
      ...{ number: 1, basis: "import", decidedBy: "Dana Whitfield", reason: "Low risk.", soleDecider: false },
      conditions: ["Own account, nothing about patients"],
    });
    const [event] = await eventsOf(clinic.clinicId, "tool.approved_without_phi");
    expect(event?.body.data).toMatchObject({
      basis: "import",
      number: 1,
      status: "not_for_phi",
      reviewOn: "2027-05-01",
    });
  });

  test("come after the decisions that a tool has, and leave those as they were", async () => {
    const { toolId } = await registerTool(
      clinic.as.owner,
      typedTool("Scribe", { vendor: "Northwind", surface: "Team" }),
    );
    await decideTool(clinic.as.owner, { toolId, version: 1, status: "prohibited", reason: "Too early." });
    const only =
      "vendor,product,surface,status,conditions,reason\nnorthwind,SCRIBE,team,Approved without patient data,Own account,We looked.\n";
    expect(await bringIn(clinic.as.privacy_officer, "tools", only)).toMatchObject({ added: 0, changed: 1 });
    const { tool, decisions } = await getToolPage(clinic.as.owner, { toolId });
    expect(decisions.map(({ number, status, basis, reason }) => [number, status, basis, reason])).toEqual([
      [2, "not_for_phi", "import", "We looked."],
      [1, "prohibited", "officer", "Too early."],
    ]);
    expect([tool.version, tool.product]).toEqual([3, "Scribe"]);
    expect(await bringIn(clinic.as.owner, "tools", only)).toMatchObject({ unchanged: 1 });
  });

  test("a decider who looked at the tool before the import is told", async () => {
    const { toolId } = await registerTool(
      clinic.as.owner,
      typedTool("Scribe", { vendor: "Northwind", surface: "Team" }),
    );
    await bringIn(clinic.as.privacy_officer, "tools", decided("prohibited").replace("Takes notes.", ""));
    const late = decideTool(clinic.as.owner, { toolId, version: 1, status: "retired", reason: "Gone." });
    expect(await refusalOf(late)).toEqual(["tool.decided_meanwhile", null]);
  });

  test("for patient data only what a BAA and a path cover now, in the words of the rule", async () => {
    const { toolId } = await registerTool(
      clinic.as.owner,
      typedTool("Scribe", { vendor: "Northwind", surface: "Team", category: "scribe", why: "Takes notes." }),
    );
    const file = decided("approved_for_phi");
    const { plan } = await look(clinic.as.owner, "tools", file);
    expect(complaints("tools", plan)).toEqual([
      "2 | status | approved_for_phi | Scribe, Team, can't be approved for patient data yet: no BAA with Northwind is on record here. Record the BAA first, or approve it without patient data.",
    ]);
    await coverTool(clinic.as.owner, toolId);
    expect(await bringIn(clinic.as.owner, "tools", file)).toMatchObject({ changed: 1 });
    const { standing, decisions } = await getToolPage(clinic.as.owner, { toolId });
    expect([standing.standing, decisions[0]?.basis]).toEqual(["may_use_with_phi", "import"]);
  });

  test("not for what one has asked for oneself while somebody else could decide", async () => {
    await registerTool(
      clinic.as.owner,
      typedTool("Scribe", { vendor: "Northwind", surface: "Team", category: "scribe", why: "Takes notes." }),
    );
    await asked(clinic.as.privacy_officer, { product: "Scribe", vendor: "Northwind" });
    const { plan } = await look(clinic.as.privacy_officer, "tools", decided("not_for_phi"));
    expect(complaints("tools", plan)).toEqual([
      "2 | status | not_for_phi | You asked for this tool yourself, so somebody else has to decide.",
    ]);
    expect(await bringIn(clinic.as.owner, "tools", decided("not_for_phi"))).toMatchObject({ changed: 1 });
  });

  test("not applied by who asked for the tool, before the preview or after it, and nothing else of the file either", async () => {
    const both = `${decided("not_for_phi")}Tidewater,FrontDesk,Pilot,voice,Answers.,prohibited,,Not needed.,\n`;
    const { importId, plan } = await look(clinic.as.privacy_officer, "tools", both);
    expect(plan.problemCount).toBe(0);
    await asked(clinic.as.privacy_officer, { product: "Scribe", vendor: "Northwind" });
    const before = await contentsOf(clinic.clinicId);
    for (const seen of [plan.sha256, undefined]) {
      expect(await refusalOf(applyImport(clinic.as.privacy_officer, { importId, seen }))).toEqual([
        ...["import.has_errors", null],
      ]);
    }
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    expect(await applyImport(clinic.as.owner, { importId })).toMatchObject({ added: 2 });
    const { decisions } = await getToolPage(clinic.as.owner, { toolId: (await toolNow("scribe")).id });
    expect(decisions[0]).toMatchObject({ status: "not_for_phi", basis: "import", soleDecider: false });
  });

  test("not applied by who only supports the request of another", async () => {
    const { requestId } = await asked(clinic.as.manager, { product: "Scribe", vendor: "Northwind" });
    await supportRequest(clinic.as.privacy_officer, { requestId });
    const { importId, plan } = await look(clinic.as.privacy_officer, "tools", decided("not_for_phi"));
    expect(plan.problemCount).toBe(1);
    expect(await refusalOf(applyImport(clinic.as.privacy_officer, { importId }))).toEqual(["import.has_errors", null]);
    expect(await bringIn(clinic.as.owner, "tools", decided("not_for_phi"))).toMatchObject({ added: 1 });
  });

  test("for what one has asked for oneself, of the only person who could decide, as the sole decider's", async () => {
    const small = await mintClinic(["owner", "staff"]);
    await asked(small.as.owner, { product: "Scribe", vendor: "Northwind" });
    expect(await bringIn(small.as.owner, "tools", decided("not_for_phi"))).toMatchObject({ added: 1 });
    const [row] = (await getRegisterPage(small.as.owner, {})).rows;
    const { decisions } = await getToolPage(small.as.owner, { toolId: row?.id ?? "" });
    expect(decisions[0]).toMatchObject({ status: "not_for_phi", basis: "import", soleDecider: true });
    const [event] = await eventsOf(small.clinicId, "tool.approved_without_phi");
    expect(event?.body.data).toMatchObject({ soleDecider: true });
  });

  test("mark who decides alone", async () => {
    const small = await mintClinic(["owner"]);
    await bringIn(small.as.owner, "tools", decided("prohibited"));
    const { rows } = await getRegisterPage(small.as.owner, {});
    const { decisions } = await getToolPage(small.as.owner, { toolId: rows[0]?.id ?? "" });
    expect(decisions[0]).toMatchObject({ soleDecider: true, status: "prohibited" });
    const second = await somebody(clinic, "privacy_officer");
    await bringIn(second, "tools", decided("prohibited"));
    expect(await named()).toEqual(["Northwind: Scribe, Team: prohibited"]);
  });

  test("DeepSeek is prohibited by the rule whatever its row says, and the preview tells", async () => {
    const content = `${HEADER},hostnames,status,conditions
Hangzhou,Chat,Web,general_chat,An assistant.,chat.deepseek.com,not_for_phi,None
Northwind,R1 on Northwind,API,api_platform,Runs DeepSeek R1 here.,,approved_for_phi,None`;
    const { plan } = await look(clinic.as.owner, "tools", content);
    expect(notes(plan)).toEqual([
      "2 | DeepSeek is named, so it is prohibited, whatever the file says.",
      "3 | DeepSeek is named, so it is prohibited, whatever the file says.",
    ]);
    await bringIn(clinic.as.owner, "tools", content);
    expect((await toolsOf()).map(({ status, standing }) => [status, standing.reasons[0]]).sort()).toEqual([
      ["prohibited", "deepseek_blanket"],
      ["prohibited", "deepseek_own"],
    ]);
    expect((await eventsOf(clinic.clinicId, "tool.prohibited")).map(({ body }) => body.data.basis)).toEqual([
      "deepseek_rule",
      "deepseek_rule",
    ]);
    expect(await bringIn(clinic.as.owner, "tools", content)).toMatchObject({ unchanged: 2 });
  });
});
