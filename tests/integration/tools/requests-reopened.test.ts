import { describe, expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { reopenRequest } from "#lib/domain/tools/requests/commands/reopen-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { unlinkRequest } from "#lib/domain/tools/requests/commands/unlink-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { getRequestQueue } from "#lib/domain/tools/requests/queries.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { nameFor, nextRequest, openAs } from "#tests/support/emergency.ts";
import { asked, decidedTool, requestNow, somebody } from "#tests/support/requests.ts";
import { asApp } from "#tests/support/sql.ts";
import { toolNow } from "#tests/support/tools.ts";

const PEOPLE = ["owner", "privacy_officer", "manager", "staff"] as const;
const TAKEN_BACK = "It meant another tool.";

/** A request that the privacy officer granted with the wrong tool. */
async function wronglyGranted() {
  const clinic = await mintClinic(PEOPLE);
  const { as } = clinic;
  const { requestId } = await asked(as.staff, { product: "Quill Pro" });
  await supportRequest(as.manager, { requestId });
  const wrong = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
  await linkRequest(as.privacy_officer, { requestId, toolId: wrong, version: 1 });
  const answer = {
    requestId,
    version: 2,
    answer: "granted",
    answerToolId: wrong,
    reason: "Within its rules.",
  } as const;
  await answerRequest(as.privacy_officer, answer);
  return { clinic, as, requestId, wrong, version: 3 };
}

describe("an answer that is taken back", () => {
  test("stays on record as it was, with who took it back, when and why, for whoever asked, joined and reads all", async () => {
    const { as, requestId, wrong, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    for (const reader of [as.staff, as.manager, as.privacy_officer]) {
      const request = await requestNow(reader, requestId);
      expect(request).toMatchObject({ status: "open", answer: null, closedAt: null, mayReopen: null });
      expect(request.takenBack).toMatchObject([
        {
          ...{ number: 1, status: "granted", by: "Dana Whitfield", reason: "Within its rules.", soleDecider: false },
          tool: { toolId: wrong },
          takenBack: { by: "Grace Okafor", reason: TAKEN_BACK, at: expect.any(Date), alone: false },
        },
      ]);
    }
    const { events } = await getLedgerPage(as.owner, {});
    expect(events[0]).toMatchObject({
      ...{ type: "tool_request.reopened", object: { id: requestId } },
      data: { number: 1, answer: "granted", answerToolId: wrong, reason: TAKEN_BACK, soleDecider: false },
    });
  });

  test("tells who joins later that it was, but not what was written to others before they joined", async () => {
    const { clinic, as, requestId, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    const late = await somebody(clinic, "staff");
    await supportRequest(late, { requestId });
    await answerRequest(as.owner, { requestId, version: 4, answer: "refused", reason: "It isn't safe." });
    await reopenRequest(as.owner, { requestId, version: 5, reason: "It is safe." });
    const reasonsFor = async (reader: ClinicContext) =>
      (await requestNow(reader, requestId)).takenBack.map(({ reason, takenBack }) => [reason, takenBack.reason]);
    const second = ["It isn't safe.", "It is safe."];
    expect(await reasonsFor(late)).toEqual([second, ["", ""]]);
    for (const reader of [as.staff, as.manager, as.privacy_officer]) {
      expect(await reasonsFor(reader)).toEqual([second, ["Within its rules.", TAKEN_BACK]]);
    }
    expect((await requestNow(late, requestId)).takenBack[1]).toMatchObject({
      ...{ status: "granted", by: "Dana Whitfield", takenBack: { by: "Grace Okafor" } },
    });
  });

  test("leaves its request in the queue and among one's own, marked as opened again", async () => {
    const { as, requestId, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    const { rows } = await getRequestQueue(as.owner, { status: ["open"] });
    expect(rows).toMatchObject([{ id: requestId, waitingDays: 0, takenBack: 1, closedAt: null, answeredBy: "" }]);
    const { requests } = await getToday(as.staff, {});
    expect(requests).toMatchObject([{ id: requestId, status: "open", isReopened: true }]);
  });

  test("leaves the decision on the tool as it is", async () => {
    const { as, requestId, wrong, version } = await wronglyGranted();
    const before = await toolNow(as.owner, wrong);
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    expect(await toolNow(as.owner, wrong)).toMatchObject({ status: before.status, decisions: before.decisions });
  });

  test("is followed by the right one: another tool, another answer, and both stay", async () => {
    const { as, requestId, wrong, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    const right = await decidedTool(as.owner, "Quill Pro", "not_for_phi");
    await unlinkRequest(as.owner, { requestId, version: 4 });
    expect((await requestNow(as.owner, requestId)).tool).toBeNull();
    await linkRequest(as.owner, { requestId, toolId: right, version: 5 });
    const answer = { answer: "granted", answerToolId: right, reason: "This one." } as const;
    await answerRequest(as.owner, { requestId, version: 6, ...answer });
    await reopenRequest(as.privacy_officer, { requestId, version: 7, reason: "Its terms have changed." });
    await answerRequest(as.owner, { requestId, version: 8, answer: "refused", reason: "Its terms have changed." });
    const request = await requestNow(as.staff, requestId);
    expect(request).toMatchObject({ status: "refused", answer: { by: "Grace Okafor", tool: null } });
    expect(request.takenBack).toMatchObject([
      { number: 2, tool: { toolId: right }, takenBack: { by: "Dana Whitfield" } },
      { number: 1, tool: { toolId: wrong }, takenBack: { by: "Grace Okafor" } },
    ]);
  });

  test("is never rewritten, not even in the database", async () => {
    const { clinic, as, requestId, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    for (const statement of [
      "UPDATE tool_answer_taken_back SET reason = 'Other' WHERE request_id = $1",
      "DELETE FROM tool_answer_taken_back WHERE request_id = $1",
    ]) {
      await expect(asApp(clinic.clinicId, (sql) => sql(statement, [requestId]))).rejects.toThrow(/permission denied/);
    }
  });

  test("and its reason enter the ledger only as commitments", async () => {
    const { clinic, as, requestId, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    const [event] = await eventsOf(clinic.clinicId, "tool_request.reopened");
    expect(JSON.stringify(event?.body)).not.toMatch(/Quill|another tool/);
  });
});

describe("nobody takes back", () => {
  test.each(["manager", "staff"] as const)("without the permission to answer: %s", async (role) => {
    const { clinic, as, requestId, version } = await wronglyGranted();
    const before = await contentsOf(clinic.clinicId);
    const reopened = reopenRequest(as[role], { requestId, version, reason: TAKEN_BACK });
    await expect(reopened).rejects.toBeInstanceOf(Forbidden);
    expect((await requestNow(as[role], requestId)).mayReopen).toBeNull();
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });

  test("without a reason, nor what another clinic answered", async () => {
    const { as, requestId, version } = await wronglyGranted();
    const silent = reopenRequest(as.owner, { requestId, version, reason: " \n " });
    await expect(silent).rejects.toBeInstanceOf(InvalidInput);
    const other = await mintClinic(["owner"]);
    const foreign = reopenRequest(other.as.owner, { requestId, version, reason: TAKEN_BACK });
    await expect(foreign).rejects.toBeInstanceOf(NotFound);
  });

  test("the answer to their own request while somebody else could; alone they do, and are marked", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const own = await asked(as.privacy_officer);
    await answerRequest(as.owner, { ...own, answer: "refused", reason: "Not needed." });
    expect((await requestNow(as.privacy_officer, own.requestId)).mayReopen).toBe("own");
    const reopened = reopenRequest(as.privacy_officer, { ...own, version: 2, reason: TAKEN_BACK });
    await expect(reopened).rejects.toMatchObject({ code: "tool_request.own" });

    const { as: alone } = await mintClinic(["owner"]);
    const only = await asked(alone.owner);
    await answerRequest(alone.owner, { ...only, answer: "refused", reason: "Not needed." });
    await reopenRequest(alone.owner, { requestId: only.requestId, version: 2, reason: TAKEN_BACK });
    expect((await requestNow(alone.owner, only.requestId)).takenBack).toMatchObject([{ takenBack: { alone: true } }]);
  });

  test("an answer whose asker has asked again meanwhile: the open request is named", async () => {
    const { as, requestId, version } = await wronglyGranted();
    const again = await asked(as.staff, { product: "Quill Pro" });
    const reopened = reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    const params = { product: "Quill Pro", requestId: again.requestId };
    await expect(reopened).rejects.toMatchObject({ code: "tool_request.asked_again", params });
  });
});

describe("a request is not freed", () => {
  test("from its tool by who asked for it, who would then decide alone, nor tied to another", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const toolId = await decidedTool(as.owner, "Quillfeather", "not_for_phi");
    const { requestId } = await asked(as.privacy_officer);
    const own = { code: "tool_request.own" };
    await expect(linkRequest(as.privacy_officer, { requestId, toolId, version: 1 })).rejects.toMatchObject(own);
    await linkRequest(as.owner, { requestId, toolId, version: 1 });
    await expect(unlinkRequest(as.privacy_officer, { requestId, version: 2 })).rejects.toMatchObject(own);
    expect((await requestNow(as.owner, requestId)).tool).toMatchObject({ toolId });
  });
});

describe("a page that is older than the request", () => {
  test("of who asks again and who takes the answer back at the same time one does, and the other is led there", async () => {
    const { as } = await mintClinic(["owner", "staff"]);
    for (let round = 1; round <= 12; round += 1) {
      const product = `Quillfeather ${round}`;
      const { requestId } = await asked(as.staff, { product });
      await answerRequest(as.owner, { requestId, version: 1, answer: "refused", reason: "Not needed." });
      const [again, reopened] = await Promise.allSettled([
        asked(as.staff, { product }),
        reopenRequest(as.owner, { requestId, version: 2, reason: TAKEN_BACK }),
      ]);
      if (again.status === "fulfilled") {
        const params = { product, requestId: again.value.requestId };
        expect(reopened).toMatchObject({ reason: { code: "tool_request.asked_again", params } });
      } else {
        expect(again.reason).toMatchObject({ code: "tool_request.already_asked", params: { product, requestId } });
        expect(reopened.status).toBe("fulfilled");
      }
    }
  });

  test("of two requests for the same that are opened again at once one is, and the other names it", async () => {
    const { as } = await mintClinic(["owner", "staff"]);
    for (let round = 1; round <= 8; round += 1) {
      const product = `Quillfeather ${round}`;
      const refused = async () => {
        const { requestId } = await asked(as.staff, { product });
        await answerRequest(as.owner, { requestId, version: 1, answer: "refused", reason: "Not needed." });
        return requestId;
      };
      const ids = [await refused(), await refused()];
      const results = await Promise.allSettled(
        ids.map((requestId) => reopenRequest(as.owner, { requestId, version: 2, reason: TAKEN_BACK })),
      );
      const opened = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.requestId] : []));
      const [told] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(told).toMatchObject({ code: "tool_request.asked_again", params: { product, requestId: opened[0] } });
    }
  });

  test("of two who take an answer back one does, and the other is told that it is open", async () => {
    const { clinic, as, requestId, version } = await wronglyGranted();
    const results = await Promise.allSettled(
      [as.owner, as.privacy_officer].map((by) => reopenRequest(by, { requestId, version, reason: TAKEN_BACK })),
    );
    const codes = results.map((result) => (result.status === "rejected" ? result.reason.code : "reopened"));
    expect(codes.sort()).toEqual(["reopened", "tool_request.opened_meanwhile"]);
    expect(await eventsOf(clinic.clinicId, "tool_request.reopened")).toHaveLength(1);
  });

  test("doesn't take back a later answer, nor answer what was opened again meanwhile, nor untie it", async () => {
    const { as, requestId, version } = await wronglyGranted();
    await reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    const stale = { requestId, version: 2 };
    const answered = answerRequest(as.owner, { ...stale, answer: "refused", reason: "Not needed." });
    await expect(answered).rejects.toMatchObject({ code: "tool_request.changed_meanwhile" });
    await expect(unlinkRequest(as.owner, stale)).rejects.toMatchObject({ code: "tool_request.changed_meanwhile" });
    await answerRequest(as.owner, { requestId, version: 4, answer: "refused", reason: "Not needed." });
    const reopened = reopenRequest(as.owner, { requestId, version, reason: TAKEN_BACK });
    await expect(reopened).rejects.toMatchObject({ code: "tool_request.answered_meanwhile" });
    const untied = unlinkRequest(as.owner, { requestId, version: 5 });
    await expect(untied).rejects.toMatchObject({ code: "tool_request.answered_meanwhile" });
  });

  test("takes nothing back of a request that was withdrawn", async () => {
    const { as } = await mintClinic(PEOPLE);
    const { requestId } = await asked(as.staff);
    await withdrawRequest(as.staff, { requestId });
    const reopened = reopenRequest(as.owner, { requestId, version: 2, reason: TAKEN_BACK });
    await expect(reopened).rejects.toMatchObject({ code: "tool_request.withdrawn_meanwhile" });
  });
});

test("an answer given under emergency access says so, and so does its being taken back; the use is for who may open it", async () => {
  const { as } = await mintClinic(PEOPLE);
  const { requestId, version } = await asked(as.staff);
  await answerRequest(as.owner, { requestId, version, answer: "refused", reason: "Not needed." });
  expect((await requestNow(as.staff, requestId)).answer?.emergency).toBeNull();
  await nameFor(as.owner, as.manager);
  const { useId } = await openAs(as.manager);
  const acting = await nextRequest(as.manager);
  await reopenRequest(acting, { requestId, version: 2, reason: TAKEN_BACK });
  await answerRequest(acting, { requestId, version: 3, answer: "refused", reason: "Nobody may." });
  const seenBy = async (reader: typeof acting) => {
    const { answer, takenBack } = await requestNow(reader, requestId);
    return [answer?.emergency, takenBack[0]?.emergency, takenBack[0]?.takenBack.emergency];
  };
  expect(await seenBy(as.privacy_officer)).toEqual([{ useId }, null, { useId }]);
  expect(await seenBy(acting)).toEqual([{ useId }, null, { useId }]);
  expect(await seenBy(as.staff)).toEqual([{ useId: null }, null, { useId: null }]);
});
