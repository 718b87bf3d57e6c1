import { expect, test } from "vitest";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { handMailOver } from "#lib/domain/notifications/outbox/commands/hand-mail-over.ts";
import { queueInvitationMail } from "#lib/domain/notifications/outbox/commands/queue-invitation-mail.ts";
import { getOutboxPage, getOutboxRows } from "#lib/domain/notifications/outbox/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { sendDueMail } from "#scripts/send-mail.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";

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

test("an officer says that a link was handed over: it waits no more, and who said so is in the ledger", async () => {
  const clinic = await mintClinic();
  const asked = { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" } as const;
  const { requestId } = await askForTool(clinic.as.staff, asked);
  const answer = { requestId, version: 1, answer: "refused", reason: "Too little is known." } as const;
  await answerRequest(clinic.as.privacy_officer, answer);
  await giveNotice(clinic.system, { kind: "request_answered", subjectId: requestId });
  const messageId = (await getOutboxPage(clinic.as.owner, {})).rows[0]?.id ?? "";
  for (const _ of [1, 2]) await handMailOver(clinic.as.privacy_officer, { messageId });
  const { rows, counts } = await getOutboxPage(clinic.as.owner, { state: ["handed_over"] });
  expect(rows).toMatchObject([{ state: "handed_over", toHandOver: false, finishedAt: expect.any(Date) }]);
  expect(counts).toEqual({ state: { handed_over: 1 } });
  expect(await eventsOf(clinic.clinicId, "mail.handed_over")).toHaveLength(1);
  await expect(handMailOver(clinic.as.staff, { messageId })).rejects.toThrow(Forbidden);
});

test("where no mail goes out nobody is queued an invitation: the link on the screen is the only one", async () => {
  const clinic = await mintClinic(["owner"]);
  const email = `noah-${newId()}@clinic.test`;
  const { invitationId } = await inviteMember(clinic.as.owner, { email, name: "Noah Kim", role: "staff" });
  await queueInvitationMail(clinic.system, { invitationId });
  expect((await getOutboxPage(clinic.as.owner, {})).total).toBe(0);
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
