import { expect, test } from "vitest";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { getOutboxPage, getOutboxRows } from "#lib/domain/notifications/outbox/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { sendDueMail } from "#scripts/send-mail.ts";
import { mintClinic } from "#tests/support/clinic.ts";

test("without a key nothing is sent or tried: the message waits with a link to hand over", async () => {
  const clinic = await mintClinic();
  const asked = { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" } as const;
  const { requestId } = await askForTool(clinic.as.staff, asked);
  const answer = { requestId, version: 1, answer: "refused", reason: "Too little is known." } as const;
  await answerRequest(clinic.as.privacy_officer, answer);
  await giveNotice(clinic.system, { kind: "request_answered", subjectId: requestId });
  await sendDueMail(new Date());
  const { rows, sends, counts } = await getOutboxPage(clinic.as.privacy_officer, {});
  expect(sends).toBe(false);
  expect(counts).toEqual({ state: { queued: 1 } });
  expect(rows).toMatchObject([
    { kind: "request_answered", member: "Maria Santos", state: "queued", toHandOver: true, attempts: 0 },
  ]);
  expect(rows[0]?.link).toBe(`https://wardbook.test/c/${clinic.slug}/requests/${requestId}`);
  expect((await getOutboxRows(clinic.as.owner, { state: ["sent"] })).rows).toEqual([]);
  expect((await getOutboxRows(clinic.as.owner, { state: ["queued"] })).rows).toHaveLength(1);
  for (const role of ["manager", "staff", "auditor"] as const) {
    await expect(getOutboxPage(clinic.as[role], {})).rejects.toThrow(Forbidden);
  }
});

test("a notice that is given twice is written of once", async () => {
  const clinic = await mintClinic();
  const asked = { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" } as const;
  const { requestId } = await askForTool(clinic.as.staff, asked);
  const answer = { requestId, version: 1, answer: "refused", reason: "Too little is known." } as const;
  await answerRequest(clinic.as.privacy_officer, answer);
  for (const _ of [1, 2]) await giveNotice(clinic.system, { kind: "request_answered", subjectId: requestId });
  expect((await getOutboxPage(clinic.as.owner, {})).total).toBe(1);
});
