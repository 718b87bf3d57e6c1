import { describe, expect, test } from "vitest";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { asked, decidedTool, requestNow } from "#tests/support/requests.ts";
import { asApp } from "#tests/support/sql.ts";

const OFFICERS = ["owner", "privacy_officer", "staff"] as const;
const ANSWERS = ["tool_request.granted", "tool_request.refused", "tool_request.pointed_elsewhere"];

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

  test("an answer that stands is not given anew, and what was asked is never rewritten, not even in the database", async () => {
    const { as, clinicId } = await mintClinic(OFFICERS);
    const { requestId, version } = await asked(as.staff);
    await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
    const again = answerRequest(as.owner, { requestId, version: 2, answer: "refused", reason: "Second thoughts." });
    await expect(again).rejects.toMatchObject({ code: "tool_request.answered_meanwhile" });
    const typed = asApp(clinicId, (sql) => sql("UPDATE tool_request SET purpose = 'other' WHERE id = $1", [requestId]));
    await expect(typed).rejects.toThrow(/permission denied/);
  });
});
