import { describe, expect, test } from "vitest";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { asked, decidedTool, requestNow } from "#tests/support/requests.ts";
import { asApp, asSuperuser } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const OFFICERS = ["owner", "privacy_officer", "staff"] as const;

describe("an answer", () => {
  test("that grants names an approved tool, and the requester reads its conditions, by whom and when", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    await answerRequest(as.privacy_officer, {
      requestId,
      version,
      answer: "granted",
      answerToolId: toolId,
      reason: "",
    });
    expect(await requestNow(as.staff, requestId)).toMatchObject({
      ...{ status: "granted", tool: { toolId } },
      answer: {
        ...{ by: "Dana Whitfield", reason: "", soleDecider: false, at: expect.any(Date) },
        tool: {
          toolId,
          standing: { standing: "may_use_without_phi" },
          conditions: [{ text: "Nothing about patients goes in" }],
        },
      },
    });
    const { events } = await getLedgerPage(as.owner, {});
    expect(events[0]).toMatchObject({
      ...{ type: "tool_request.granted", object: { id: requestId } },
      data: { product: "Quillfeather", answerToolId: toolId, answerSurface: "Team plan", soleDecider: false },
    });
  });

  test("that refuses says why, and forgets the tool that the form sent along", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    const reason = "It trains on inputs.";
    await answerRequest(as.owner, { requestId, version, answer: "refused", answerToolId, reason });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "refused", answer: { reason, tool: null } });
  });

  test("that points elsewhere names the tool to use, with what it may be used for today", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    const reason = "It does the same.";
    await answerRequest(as.owner, { requestId, version, answer: "use_instead", answerToolId, reason });
    const tool = { toolId: answerToolId, standing: { standing: "may_use_without_phi" } };
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "use_instead", answer: { reason, tool } });
    // What the clinic decides later, the answer shows too.
    await decideTool(as.owner, {
      toolId: answerToolId,
      version: 2,
      status: "prohibited",
      reason: "Its terms changed.",
    });
    expect((await requestNow(as.staff, requestId)).answer?.tool?.standing.standing).toBe("may_not_use");
  });

  test("keeps what its decision rested on as it was: the decision of a request keeps its snapshot", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const { toolId } = await registerTool(as.owner, typedTool("Quillfeather"));
    await linkRequest(as.owner, { requestId, toolId, version: 1 });
    const conditions = "Nothing about patients goes in";
    const decision = { toolId, requestId, version: 1, status: "not_for_phi", reason: "Checked.", conditions } as const;
    const { decisionId } = await decideTool(as.privacy_officer, decision);
    await answerRequest(as.privacy_officer, {
      ...{ requestId, version: 2, answer: "granted", answerToolId: toolId, reason: "" },
    });
    const rows = () =>
      asApp(clinicId, (sql) =>
        sql("SELECT request_id, snapshot, snapshot_hash FROM tool_decision WHERE id = $1", [decisionId]),
      );
    const [before] = await rows();
    expect(before).toMatchObject({ request_id: requestId, snapshot: { product: "Quillfeather", coverage: null } });
    await decideTool(as.owner, { toolId, version: 2, status: "prohibited", reason: "Its terms changed." });
    expect(await rows()).toEqual([before]);
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "granted", decisions: [{ number: 1 }] });
  });

  test("to more than the tool is approved for has to say so", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff, { goesIn: "phi" });
    const answerToolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    const grant = { requestId, version, answer: "granted", answerToolId } as const;
    const silent = answerRequest(as.owner, { ...grant, reason: "" });
    await expect(silent).rejects.toMatchObject({ code: "tool_request.grant_is_less", field: "reason" });
    await answerRequest(as.owner, { ...grant, reason: "Only without patient data." });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "granted" });
  });

  test.each([
    ["grants no tool", { answer: "granted" }, "tool_request.choose_tool"],
    [
      "grants a prohibited tool",
      { answer: "granted", answerToolId: "prohibited" },
      "tool_request.grant_needs_approval",
    ],
    ["grants a tool under review", { answer: "granted", answerToolId: "review" }, "tool_request.grant_needs_approval"],
    ["points to no tool", { answer: "use_instead" }, "tool_request.choose_tool"],
    [
      "points to a prohibited tool",
      { answer: "use_instead", answerToolId: "prohibited" },
      "tool_request.instead_not_usable",
    ],
    [
      "points elsewhere without a word",
      { answer: "use_instead", answerToolId: "approved", reason: " " },
      "tool_request.reason_needed",
    ],
    ["refuses without a word", { answer: "refused", reason: " \n " }, "tool_request.reason_needed"],
  ] as const)("that %s is refused and leaves nothing", async (_, fields, code) => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const tools: Record<string, string> = {
      prohibited: await decidedTool(as.owner, "Quillfeather", "prohibited", { surface: "Free" }),
      review: await decidedTool(as.owner, "Quillfeather", "needs_review", { surface: "Team" }),
      approved: await decidedTool(as.owner, "Eastwind Chat", "not_for_phi"),
    };
    const before = await contentsOf(clinicId);
    const named = "answerToolId" in fields ? { answerToolId: tools[fields.answerToolId] } : {};
    const answer = answerRequest(as.owner, { requestId, version, reason: "It is so.", ...fields, ...named });
    await expect(answer).rejects.toMatchObject({ code });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("can't grant another tool than the one it means, nor point to that one as another", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    const other = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    await linkRequest(as.owner, { requestId, toolId, version: 1 });
    const by = { requestId, version: 2, reason: "It is so." };
    const grant = answerRequest(as.owner, { ...by, answer: "granted", answerToolId: other });
    await expect(grant).rejects.toMatchObject({ code: "tool_request.grant_is_other_tool" });
    const instead = answerRequest(as.owner, { ...by, answer: "use_instead", answerToolId: toolId });
    await expect(instead).rejects.toMatchObject({ code: "tool_request.instead_is_same" });
  });

  test("can't grant an approval that doesn't hold today", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const answerToolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    await asSuperuser((sql) =>
      sql("UPDATE tool SET review_on = '2020-01-01' WHERE clinic_id = $1 AND id = $2", [clinicId, answerToolId]),
    );
    const grant = answerRequest(as.owner, { requestId, version, answer: "granted", answerToolId, reason: "" });
    await expect(grant).rejects.toMatchObject({ code: "tool_request.grant_does_not_hold" });
  });

  test.each([
    ["no answer chosen", { answer: "" }],
    ["a status that is no answer", { answer: "withdrawn" }],
    ["a reason of 2,001 characters", { answer: "refused", reason: "x".repeat(2001) }],
    ["a version below 1", { answer: "refused", version: 0 }],
    ["a version that is no number", { answer: "refused", version: "one" }],
  ])("with %s is not understood", async (_, fields) => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const input = { requestId, version, reason: "It is so.", ...fields } as never;
    await expect(answerRequest(as.owner, input)).rejects.toBeInstanceOf(InvalidInput);
  });

  test("that names another clinic's tool, or none there is, is not found", async () => {
    const [one, other] = [await mintClinic(OFFICERS), await mintClinic(OFFICERS)];
    const foreign = await decidedTool(other.as.owner, "Northwind Chat", "not_for_phi");
    const { requestId, version } = await asked(one.as.staff);
    for (const answerToolId of [foreign, newId()]) {
      const answer = answerRequest(one.as.owner, {
        ...{ requestId, version, answer: "use_instead", answerToolId, reason: "It does the same." },
      });
      await expect(answer).rejects.toBeInstanceOf(NotFound);
    }
  });
});
