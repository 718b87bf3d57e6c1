import { describe, expect, test } from "vitest";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { asked, decidedTool, memberIdOf, requestNow, somebody } from "#tests/support/requests.ts";
import { serving } from "#tests/support/roster.ts";
import { asApp, asSuperuser } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

const OFFICERS = ["owner", "privacy_officer", "staff"] as const;

describe("requester and answerer are two people", () => {
  test.each(["granted", "refused"] as const)("nobody answers their own request: %s", async (answer) => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.privacy_officer);
    const answerToolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    expect((await requestNow(as.privacy_officer, requestId)).desk?.mayAnswer).toBe("own");
    const before = await contentsOf(clinicId);
    const own = answerRequest(as.privacy_officer, { requestId, version, answer, answerToolId, reason: "I need it." });
    await expect(own).rejects.toMatchObject({ code: "tool_request.own" });
    expect(await contentsOf(clinicId)).toEqual(before);
    await answerRequest(as.owner, { requestId, version, answer, answerToolId, reason: "She needs it." });
    expect((await requestNow(as.owner, requestId)).answer).toMatchObject({ soleDecider: false });
  });

  test("nor one that they support, while somebody could who doesn't want the tool too", async () => {
    const clinic = await mintClinic(OFFICERS);
    const { as } = clinic;
    const { requestId, version } = await asked(as.staff);
    await supportRequest(as.privacy_officer, { requestId });
    const refusal = { requestId, version, answer: "refused", reason: "Not needed." } as const;
    const interested = answerRequest(as.privacy_officer, refusal);
    await expect(interested).rejects.toMatchObject({ code: "tool_request.supported_own" });
    await answerRequest(as.owner, refusal);
  });

  test("where the only other officer supports it, that one answers, as the sole decider, and the requester does not", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.owner);
    await supportRequest(as.privacy_officer, { requestId });
    const refusal = { requestId, version, answer: "refused", reason: "Not needed." } as const;
    await expect(answerRequest(as.owner, refusal)).rejects.toMatchObject({ code: "tool_request.own" });
    await answerRequest(as.privacy_officer, refusal);
    expect((await requestNow(as.owner, requestId)).answer).toMatchObject({ soleDecider: true });
  });

  test("where nobody else could answer today, one's own is answered and marked as the sole decider's", async () => {
    const { as } = await mintClinic(["owner", "manager", "staff", "auditor"]);
    const { requestId, version } = await asked(as.owner);
    expect((await requestNow(as.owner, requestId)).desk?.mayAnswer).toBe("alone");
    const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    await answerRequest(as.owner, { requestId, version, answer: "use_instead", answerToolId, reason: "It does." });
    expect((await requestNow(as.owner, requestId)).answer).toMatchObject({ soleDecider: true });
    const { events } = await getLedgerPage(as.owner, {});
    expect(events[0]?.data.soleDecider).toBe(true);
  });

  test("the only officer's answer to somebody else is no sole decider's: two people were in it", async () => {
    const { as } = await mintClinic(["owner", "staff"]);
    const { requestId, version } = await asked(as.staff);
    await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    expect((await requestNow(as.staff, requestId)).answer).toMatchObject({ soleDecider: false });
  });

  test.each([
    ["has left yesterday", true, -30, -1],
    ["leaves today", false, -30, 0],
    ["begins tomorrow", true, 1, null],
  ] as const)("a privacy officer who %s: alone %s", async (_, alone, from, to) => {
    const clinic = await mintClinic(["owner", "privacy_officer"]);
    await serving(clinic, "privacy_officer", from, to);
    const { requestId, version } = await asked(clinic.as.owner);
    const own = answerRequest(clinic.as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    if (alone) await expect(own).resolves.toMatchObject({ requestId });
    else await expect(own).rejects.toMatchObject({ code: "tool_request.own" });
  });

  test("the database refuses an own answer that is not marked", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId } = await asked(as.owner);
    const sneaked = asApp(clinicId, (sql) =>
      sql("UPDATE tool_request SET status = 'refused', answered_by = $2, answered_at = now() WHERE id = $1", [
        ...[requestId, memberIdOf(as.owner)],
      ]),
    );
    await expect(sneaked).rejects.toThrow(/tool_request_two_people/);
  });

  test.each([
    ["tied to the register", (toolId: string) => ({ toolId })],
    ["typed before it was registered", () => ({ product: "quillfeather", vendor: "Northwind labs" })],
    ["typed with no vendor", () => ({ product: "QUILLFEATHER", vendor: "" })],
  ])("nobody approves the tool of their own open request, %s", async (_, fields) => {
    const { as } = await mintClinic(OFFICERS);
    const { toolId } = await registerTool(as.privacy_officer, typedTool("Quillfeather", { surface: "Team plan" }));
    await asked(as.privacy_officer, fields(toolId));
    const approval = { toolId, version: 1, status: "not_for_phi", reason: "Fine.", conditions: "No patients" } as const;
    await expect(decideTool(as.privacy_officer, approval)).rejects.toMatchObject({ code: "tool_request.own" });
    await decideTool(as.owner, approval);
  });

  test.each([
    ["taken back a moment ago", 0, false],
    ["refused a moment ago", 0, true],
    ["taken back a month and a day ago: then they may", 31, false],
  ])("nor of one %s", async (_, daysAgo, refused) => {
    const { as } = await mintClinic(OFFICERS);
    const { toolId } = await registerTool(as.owner, typedTool("Quillfeather"));
    const { requestId, version } = await asked(as.privacy_officer);
    if (refused) await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    else await withdrawRequest(as.privacy_officer, { requestId });
    await asSuperuser((sql) =>
      sql(
        "UPDATE tool_request SET requested_at = now() - $2::int * interval '1 day' - interval '1 hour', answered_at = answered_at - $2::int * interval '1 day' WHERE id = $1",
        [requestId, daysAgo],
      ),
    );
    const approval = { toolId, version: 1, status: "not_for_phi", reason: "Fine.", conditions: "No patients" } as const;
    if (daysAgo > 30) return void (await decideTool(as.privacy_officer, approval));
    await expect(decideTool(as.privacy_officer, approval)).rejects.toMatchObject({ code: "tool_request.own" });
    await decideTool(as.owner, approval);
  });

  test("nor the tool of one that they support", async () => {
    const clinic = await mintClinic(OFFICERS);
    const { as } = clinic;
    const second = await somebody(clinic, "privacy_officer");
    const { toolId } = await registerTool(as.owner, typedTool("Quillfeather"));
    const { requestId } = await asked(as.staff, { toolId });
    await supportRequest(as.privacy_officer, { requestId });
    const approval = { toolId, version: 1, status: "not_for_phi", reason: "Fine.", conditions: "No patients" } as const;
    const interested = decideTool(as.privacy_officer, approval);
    await expect(interested).rejects.toMatchObject({ code: "tool_request.supported_own" });
    await decideTool(second, approval);
  });
});

test("who supports what the only other decider asked for approves it as the sole decider", async () => {
  const { as } = await mintClinic(OFFICERS);
  const { toolId } = await registerTool(as.owner, typedTool("Quillfeather"));
  const { requestId } = await asked(as.owner, { toolId });
  await supportRequest(as.privacy_officer, { requestId });
  const approval = { toolId, version: 1, status: "not_for_phi", reason: "Fine.", conditions: "No patients" } as const;
  await decideTool(as.privacy_officer, approval);
  expect((await toolNow(as.owner, toolId)).decisions[0]).toMatchObject({ soleDecider: true });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]?.data.soleDecider).toBe(true);
});
