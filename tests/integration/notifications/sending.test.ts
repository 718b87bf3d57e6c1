import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { queueDirectiveMail } from "#lib/domain/notifications/outbox/commands/queue-directive-mail.ts";
import { sendMailAgain } from "#lib/domain/notifications/outbox/commands/send-mail-again.ts";
import { getOutboxPage } from "#lib/domain/notifications/outbox/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { Forbidden, Refusal } from "#lib/kernel/errors.ts";
import { clinicsWithMail } from "#lib/platform/db/identity.ts";
import { sendMailOf } from "#scripts/send-mail.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { startMailService } from "#tests/support/mail-service.ts";
import { issueDirective, setDates } from "#tests/support/policies.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

const service = await startMailService();
process.env.RESEND_API_KEY = "re_for_tests_only";
process.env.MAIL_FROM = "Wardbook <mail@wardbook.test>";
process.env.RESEND_BASE_URL = service.url;

beforeEach(() => {
  service.asked.length = 0;
  service.accepted.length = 0;
  service.refusals.length = 0;
  service.onceAccepted = () => undefined;
});
afterAll(() => service.close());

const PURPOSE = "Summaries for Mrs. Alvarez";

/** A clinic in which the answer to a request of staff has been told: one message waits. */
async function answered() {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { requestId } = await askForTool(clinic.as.staff, {
    ...{ product: "Tidewater Notes", purpose: PURPOSE, goesIn: "nothing" },
  });
  const answer = { requestId, version: 1, answer: "refused", reason: "Too little is known of it." } as const;
  await answerRequest(clinic.as.privacy_officer, answer);
  await giveNotice(clinic.system, { kind: "request_answered", subjectId: requestId });
  return { clinic, requestId };
}

async function outboxOf(as: ClinicContext) {
  return (await getOutboxPage(as, {})).rows;
}

async function messagesOf({ clinicId }: TestClinic) {
  return asApp(clinicId, (sql) => sql("SELECT * FROM outbox_message ORDER BY queued_at, id"));
}

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);

test("what a person is told is written with it and sent once, under its own id", async () => {
  const { clinic, requestId } = await answered();
  const [message] = await messagesOf(clinic);
  await sendMailOf(clinic.system, at(0));
  await sendMailOf(clinic.system, at(1));
  expect(service.asked).toEqual([message.id]);
  const [mail] = service.accepted;
  expect(mail).toMatchObject({ key: message.id, from: "Wardbook <mail@wardbook.test>", tags: expect.any(Array) });
  expect(mail?.to).toMatch(/^staff-.*@clinic\.test$/);
  const link = `https://wardbook.test/c/${clinic.slug}/requests/${requestId}`;
  expect(mail?.html).toContain(link);
  expect(mail?.text).toContain(link);
  const [row] = await outboxOf(clinic.as.owner);
  expect(row).toMatchObject({ state: "sent", attempts: 1, failure: null, toHandOver: false, member: "Maria Santos" });
  expect((await messagesOf(clinic))[0]).toMatchObject({ provider_id: mail?.id, locale: "en" });
});

test("nothing that somebody typed is in a letter, and nothing in it is fetched from anywhere", async () => {
  const { clinic } = await answered();
  await sendMailOf(clinic.system, at(0));
  const said = JSON.stringify(service.accepted[0]);
  for (const typed of ["Tidewater", "Alvarez", "Too little", "Maria", "Clinic "]) expect(said).not.toContain(typed);
  const html = service.accepted[0]?.html ?? "";
  expect(html).not.toMatch(/<img|<link|@font-face|@import|url\(|<script/i);
  const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? "");
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => !address.startsWith("https://wardbook.test/"))).toEqual([]);
});

test("a reader's own language is the letter's", async () => {
  const { clinic } = await answered();
  await asOwner((sql) =>
    sql(
      `UPDATE account SET locale = 'es' WHERE id = (SELECT account_id FROM member WHERE clinic_id = $1 AND role = 'staff')`,
      [clinic.clinicId],
    ),
  );
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted[0]?.subject).toBe("Una petición de herramienta tiene respuesta");
  expect(service.accepted[0]?.html).toContain('lang="es"');
  expect(service.accepted[0]?.text).toContain("Leer la respuesta");
});

test("a worker that is killed when the message is out and not written down sends it to nobody twice", async () => {
  const { clinic } = await answered();
  const args = ["--conditions=react-server", "tests/support/send-mail-once.ts", clinic.clinicId];
  const worker = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  service.onceAccepted = () => worker.kill("SIGKILL");
  const [, signal] = await once(worker, "exit");
  expect(signal).toBe("SIGKILL");
  expect(service.accepted).toHaveLength(1);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "queued", attempts: 0 });
  await sendMailOf(clinic.system, at(0));
  expect(service.asked).toHaveLength(2);
  expect(service.accepted).toHaveLength(1);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "sent", attempts: 1 });
});

test("a reader who changed their language between the two is not written to twice either", async () => {
  const { clinic } = await answered();
  const [message] = await messagesOf(clinic);
  await sendMailOf(clinic.system, at(0));
  await asOwner(async (sql) => {
    await sql("UPDATE outbox_message SET state = 'queued', attempts = 0, finished_at = NULL WHERE id = $1", [
      message.id,
    ]);
    await sql("UPDATE account SET locale = 'es' WHERE id IN (SELECT account_id FROM member WHERE clinic_id = $1)", [
      clinic.clinicId,
    ]);
  });
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted).toHaveLength(1);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "sent" });
});

test("trouble is tried again after pauses that double, and given up after the eighth attempt, for all to see", async () => {
  const { clinic } = await answered();
  const pauses: number[] = [];
  let moment = at(0);
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    service.refusals.push({ status: 500, name: "internal_server_error" });
    await sendMailOf({ ...clinic.system, occurredAt: moment }, moment);
    const [message] = await messagesOf(clinic);
    expect(message.attempts).toBe(attempt);
    pauses.push(Math.round((message.next_attempt_at - moment.getTime()) / 60_000));
    moment = message.next_attempt_at;
  }
  expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 64]);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({
    ...{ state: "failed", attempts: 8, failure: "provider_trouble", canSendAgain: true },
  });
  await sendMailOf(clinic.system, at(1000));
  expect(service.asked).toHaveLength(8);
  const events = await eventsOf(clinic.clinicId, "mail.delayed", "mail.failed");
  expect(events.map(({ type }) => type)).toEqual([...Array(7).fill("mail.delayed"), "mail.failed"]);
});

test("before its pause is over nothing is tried", async () => {
  const { clinic } = await answered();
  service.refusals.push({ status: 503, name: "application_error" });
  await sendMailOf(clinic.system, at(0));
  await sendMailOf(clinic.system, at(0));
  expect(service.asked).toHaveLength(1);
});

test("what the service refuses for good is not tried again", async () => {
  const { clinic } = await answered();
  service.refusals.push({ status: 422, name: "validation_error" });
  await sendMailOf(clinic.system, at(0));
  await sendMailOf(clinic.system, at(100));
  expect(service.asked).toHaveLength(1);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "failed", failure: "message_refused" });
});

test("asked for a pause, the worker stops its round and counts no attempt", async () => {
  const { clinic } = await answered();
  service.refusals.push({ status: 429, name: "rate_limit_exceeded" });
  await sendMailOf(clinic.system, at(0));
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "queued", attempts: 0 });
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted).toHaveLength(1);
});

test("what waited for a day is not sent by itself, for its key is no longer known", async () => {
  const { clinic } = await answered();
  await sendMailOf(clinic.system, at(24 * 60));
  expect(service.asked).toEqual([]);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "failed", failure: "late" });
});

test("nobody is written to who has left", async () => {
  const { clinic } = await answered();
  await setDates(clinic.clinicId, clinic.as.staff, { startedOn: "2026-01-01", endedOn: "2026-01-31" });
  await sendMailOf(clinic.system, at(0));
  expect(service.asked).toEqual([]);
  expect((await outboxOf(clinic.as.owner))[0]).toMatchObject({ state: "failed", failure: "left" });
});

test("what failed is sent again by an officer as a message of its own, once, and by nobody else", async () => {
  const { clinic } = await answered();
  const [message] = await messagesOf(clinic);
  const asked = { messageId: message.id };
  await expect(sendMailAgain(clinic.as.owner, asked)).rejects.toThrow(new Refusal("mail.not_failed"));
  service.refusals.push({ status: 422, name: "validation_error" });
  await sendMailOf(clinic.system, at(0));
  await expect(sendMailAgain(clinic.as.staff, asked)).rejects.toThrow(Forbidden);
  const { messageId } = await sendMailAgain(clinic.as.privacy_officer, asked);
  await expect(sendMailAgain(clinic.as.owner, asked)).rejects.toThrow(new Refusal("mail.sent_again_already"));
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted.map(({ key }) => key)).toEqual([messageId]);
  const rows = await outboxOf(clinic.as.owner);
  expect(rows.map(({ id, state, canSendAgain }) => ({ id, state, canSendAgain }))).toEqual([
    { id: messageId, state: "sent", canSendAgain: false },
    { id: message.id, state: "failed", canSendAgain: false },
  ]);
});

test("of two who send it again at once one does", async () => {
  const { clinic } = await answered();
  const [{ id: messageId }] = await messagesOf(clinic);
  await sendMailOf(clinic.system, at(24 * 60));
  const both = [clinic.as.owner, clinic.as.privacy_officer].map((as) => sendMailAgain(as, { messageId }));
  const ended = (await Promise.allSettled(both)).map(({ status }) => status).sort();
  expect(ended).toEqual(["fulfilled", "rejected"]);
  expect(await messagesOf(clinic)).toHaveLength(2);
});

test("everybody who is to sign a directive is written to, once, and told to sign", async () => {
  const clinic = await mintClinic();
  const { versionId: policyVersionId } = await issueDirective(clinic.as.owner);
  expect(await queueDirectiveMail(clinic.system, { policyVersionId })).toEqual({ queued: 4 });
  expect(await queueDirectiveMail(clinic.system, { policyVersionId })).toEqual({ queued: 0 });
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted.map(({ to }) => to.split("-")[0]).sort()).toEqual([
    ...["manager", "owner", "privacy_officer", "staff"],
  ]);
  expect(new Set(service.accepted.map(({ subject }) => subject))).toEqual(
    new Set(["A directive waits for your signature"]),
  );
  expect(service.accepted[0]?.text).toContain(`/c/${clinic.slug}/policies/P02`);
  const [queued, sent, ...rest] = await eventsOf(clinic.clinicId, "mail.queued", "mail.sent");
  expect([queued?.type, sent?.type, rest.length]).toEqual(["mail.queued", "mail.sent", 0]);
  expect(sent?.body.data.memberIds).toHaveLength(4);
});

test("a directive that a newer one has replaced is written of to nobody", async () => {
  const clinic = await mintClinic();
  const { versionId: policyVersionId } = await issueDirective(clinic.as.owner);
  await issueDirective(clinic.as.owner, { reason: "A second look." });
  expect(await queueDirectiveMail(clinic.system, { policyVersionId })).toEqual({ queued: 0 });
});

test("the ledger says whom mail went to by their ids, and nothing of an address", async () => {
  const { clinic } = await answered();
  await sendMailOf(clinic.system, at(0));
  const bodies = JSON.stringify(await eventsOf(clinic.clinicId, "mail.sent"));
  expect(bodies).not.toContain("@");
  expect(bodies).toContain("memberIds");
});

test("the worker knows which clinics have mail to send", async () => {
  const { clinic } = await answered();
  expect(await clinicsWithMail(at(0))).toContain(clinic.clinicId);
  await sendMailOf(clinic.system, at(0));
  expect(await clinicsWithMail(at(0))).not.toContain(clinic.clinicId);
});
