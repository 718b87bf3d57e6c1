import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { getOutboxRows } from "#lib/domain/notifications/outbox/queries.ts";
import { REACTIONS } from "#lib/domain/reactions.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { reopenRequest } from "#lib/domain/tools/requests/commands/reopen-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asked } from "#tests/support/requests.ts";

const reason = "It meant another tool.";

async function answered() {
  const clinic = await mintClinic(["owner", "privacy_officer", "manager", "staff"]);
  const { requestId } = await asked(clinic.as.staff);
  await supportRequest(clinic.as.manager, { requestId });
  await answerRequest(clinic.as.owner, { requestId, version: 1, answer: "refused", reason: "Not needed." });
  return { ...clinic, requestId };
}

const noticesOf = async (reader: ClinicContext) => (await getToday(reader, {})).notices;

test("who asked and who joined are told that an answer was taken back, each in their own words, and by mail", async () => {
  const { as, system, requestId } = await answered();
  await giveNotice(system, { kind: "request_answered", subjectId: requestId });
  expect(await noticesOf(as.manager)).toMatchObject([{ kind: "request_answered", isOwn: false }]);
  await reopenRequest(as.owner, { requestId, version: 2, reason });
  await REACTIONS["tool_request.reopened"]?.(system, { objectId: requestId });
  const told = { kind: "request_reopened", subjectId: requestId, product: "Quillfeather" };
  expect(await noticesOf(as.staff)).toMatchObject([{ ...told, isOwn: true }]);
  expect(await noticesOf(as.manager)).toMatchObject([{ ...told, isOwn: false }]);
  const { rows } = await getOutboxRows(as.owner, { kind: ["request_reopened"] });
  expect(rows.map(({ member }) => member).sort()).toEqual(["Luis Ortega", "Maria Santos"]);
  expect(rows[0]?.link).toMatch(new RegExp(`/requests/${requestId}$`));
});

test("a notice says what stands: the next answer's takes the place of both that came before", async () => {
  const { as, system, requestId } = await answered();
  const tell = (kind: "request_answered" | "request_reopened") => giveNotice(system, { kind, subjectId: requestId });
  await tell("request_answered");
  await reopenRequest(as.owner, { requestId, version: 2, reason });
  await tell("request_reopened");
  await answerRequest(as.owner, { requestId, version: 3, answer: "refused", reason: "It isn't safe." });
  await tell("request_answered");
  await tell("request_answered");
  expect(await noticesOf(as.staff)).toMatchObject([{ kind: "request_answered", subjectId: requestId }]);
  expect((await getOutboxRows(as.owner, { kind: ["request_answered"] })).rows).toHaveLength(4);
});

test("nobody is told of an answer that was taken back before the worker came to it, nor of what no longer is so", async () => {
  const { as, system, requestId } = await answered();
  await reopenRequest(as.owner, { requestId, version: 2, reason });
  expect(await giveNotice(system, { kind: "request_answered", subjectId: requestId })).toEqual({ told: 0 });
  await answerRequest(as.owner, { requestId, version: 3, answer: "refused", reason: "It isn't safe." });
  expect(await giveNotice(system, { kind: "request_reopened", subjectId: requestId })).toEqual({ told: 0 });
});

test("what no longer stands takes no notice's place, however often answers were taken back", async () => {
  const { as, system } = await mintClinic(["owner", "staff"]);
  const first = await asked(as.staff, { product: "Northwind Chat" });
  const refusal = { answer: "refused", reason: "Not needed." } as const;
  const refuseAndTell = async ({ requestId, version }: { requestId: string; version: number }) => {
    await answerRequest(as.owner, { requestId, version, ...refusal });
    await giveNotice(system, { kind: "request_answered", subjectId: requestId });
  };
  await refuseAndTell(first);
  const owed = [first.requestId];
  for (const round of [1, 2, 3, 4, 5]) {
    const { requestId, version } = await asked(as.staff, { product: `Quillfeather ${round}` });
    await refuseAndTell({ requestId, version });
    await reopenRequest(as.owner, { requestId, version: 2, reason });
    await giveNotice(system, { kind: "request_reopened", subjectId: requestId });
    await refuseAndTell({ requestId, version: 3 });
    owed.unshift(requestId);
  }
  const notices = await noticesOf(as.staff);
  expect(notices.map(({ kind, subjectId }) => [kind, subjectId])).toEqual(owed.map((id) => ["request_answered", id]));
});
