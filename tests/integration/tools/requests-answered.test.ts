import { describe, expect, test } from "vitest";
import type { Role } from "#lib/domain/context.ts";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { asked, decidedTool, memberIdOf, requestNow, somebody } from "#tests/support/requests.ts";
import { asApp, asSuperuser } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

const OFFICERS = ["owner", "privacy_officer", "staff"] as const;
const ANSWERS = ["tool_request.granted", "tool_request.refused", "tool_request.pointed_elsewhere"];

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

describe("two at the same moment", () => {
  test("of two officers who answer one answers, and the other is told who did; the ledger has one answer", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const answerToolId = await decidedTool(as.owner, "Northwind Chat", "not_for_phi");
    const results = await Promise.allSettled([
      answerRequest(as.owner, { requestId, version, answer: "refused", reason: "It trains on inputs." }),
      answerRequest(as.privacy_officer, {
        ...{ requestId, version, answer: "use_instead", answerToolId, reason: "It does the same." },
      }),
    ]);
    const [won] = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.answer] : []));
    const [told] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    const winner = won === "refused" ? "Grace Okafor" : "Dana Whitfield";
    expect(told).toMatchObject({ code: "tool_request.answered_meanwhile", params: { name: winner } });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: won, answer: { by: winner }, version: 2 });
    expect(await eventsOf(clinicId, ...ANSWERS)).toHaveLength(1);
  });

  test("of twenty answers one stands and nineteen are told, ten times over", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    for (let round = 1; round <= 10; round += 1) {
      const { requestId, version } = await asked(as.staff, { product: `Quillfeather ${round}` });
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          answerRequest(index % 2 === 0 ? as.owner : as.privacy_officer, {
            ...{ requestId, version, answer: "refused", reason: `Answer ${index}` },
          }),
        ),
      );
      const codes = results.map((result) => (result.status === "rejected" ? result.reason.code : "answered"));
      expect(codes.sort()).toEqual([
        "answered",
        ...Array.from({ length: 19 }, () => "tool_request.answered_meanwhile"),
      ]);
      expect(await eventsOf(clinicId, ...ANSWERS)).toHaveLength(round);
    }
  });

  test("an answer and a withdrawal: one of them happens, the other is told", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const results = await Promise.allSettled([
      withdrawRequest(as.staff, { requestId }),
      answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." }),
    ]);
    const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    const { status } = await requestNow(as.staff, requestId);
    expect(codes).toEqual([
      status === "withdrawn" ? "tool_request.withdrawn_meanwhile" : "tool_request.answered_meanwhile",
    ]);
    expect(await eventsOf(clinicId, ...ANSWERS, "tool_request.withdrawn")).toHaveLength(1);
  });

  test("an answer on a page that is older than the tool it means is told so, and the request stays open", async () => {
    const { as } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    const toolId = await decidedTool(as.owner, "Quillfeather", "prohibited");
    await linkRequest(as.owner, { requestId, toolId, version });
    const stale = answerRequest(as.privacy_officer, { requestId, version, answer: "refused", reason: "Unknown." });
    await expect(stale).rejects.toMatchObject({ code: "tool_request.changed_meanwhile" });
    expect(await requestNow(as.staff, requestId)).toMatchObject({ status: "open", version: 2 });
  });

  test("an answer is never changed: nobody can, not even in the database", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    const again = answerRequest(as.owner, { requestId, version: 2, answer: "refused", reason: "Second thoughts." });
    await expect(again).rejects.toMatchObject({ code: "tool_request.answered_meanwhile" });
    const typed = asApp(clinicId, (sql) => sql("UPDATE tool_request SET purpose = 'other' WHERE id = $1", [requestId]));
    await expect(typed).rejects.toThrow(/permission denied/);
  });
});

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

/** The member of that role begins and ends so many days from today. */
function serving(clinic: TestClinic, role: Role, from: number, to: number | null): Promise<unknown> {
  return asSuperuser((sql) =>
    sql(
      `UPDATE member SET started_on = (now() AT TIME ZONE 'America/New_York')::date + $3::int,
         ended_on = (now() AT TIME ZONE 'America/New_York')::date + $4::int WHERE clinic_id = $1 AND role = $2`,
      [clinic.clinicId, role, from, to],
    ),
  );
}
