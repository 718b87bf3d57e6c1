import { createHmac, randomBytes } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { POST } from "#app/api/mail/events/route.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { sendMailAgain } from "#lib/domain/notifications/outbox/commands/send-mail-again.ts";
import { getOutboxPage } from "#lib/domain/notifications/outbox/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { newId } from "#lib/kernel/ids.ts";
import { sendMailOf } from "#scripts/send-mail.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { startMailService } from "#tests/support/mail-service.ts";

const service = await startMailService();
const SECRET = randomBytes(24);
process.env.RESEND_API_KEY = "re_for_tests_only";
process.env.MAIL_FROM = "mail@wardbook.test";
process.env.RESEND_BASE_URL = service.url;
process.env.RESEND_WEBHOOK_SECRET = `whsec_${SECRET.toString("base64")}`;
afterAll(() => service.close());

/** A clinic whose one message went out, as the service tagged it. */
async function sent() {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  const asked = { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" } as const;
  const { requestId } = await askForTool(clinic.as.staff, asked);
  const answer = { requestId, version: 1, answer: "refused", reason: "Too little is known." } as const;
  await answerRequest(clinic.as.privacy_officer, answer);
  await giveNotice(clinic.system, { kind: "request_answered", subjectId: requestId });
  await sendMailOf(clinic.system, new Date());
  const mail = service.accepted.at(-1);
  if (mail === undefined) throw new Error("nothing was sent");
  const tags = Object.fromEntries(mail.tags.map(({ name, value }) => [name, value]));
  const row = async () => (await getOutboxPage(clinic.as.owner, {})).rows.at(-1);
  return { clinic, row, data: { email_id: mail.id, to: [mail.to], tags } };
}

type Signed = { readonly secret?: Uint8Array; readonly secondsAgo?: number };

function posted(event: object, { secret = SECRET, secondsAgo = 0 }: Signed = {}): Request {
  const body = JSON.stringify(event);
  const id = `msg_${newId()}`;
  const timestamp = String(Math.floor(Date.now() / 1000) - secondsAgo);
  const signature = createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` };
  return new Request("https://wardbook.test/api/mail/events", { method: "POST", headers, body });
}

test.each([
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
] as const)("%s is written down once, however often it is said", async (type, failure) => {
  const { clinic, row, data } = await sent();
  for (const _ of [1, 2]) expect((await POST(posted({ type, data }))).status).toBe(200);
  expect(await row()).toMatchObject({ state: "bounced", failure, canSendAgain: true });
  expect(await eventsOf(clinic.clinicId, "mail.bounced")).toHaveLength(1);
  await sendMailAgain(clinic.as.owner, { messageId: data.tags.message ?? "" });
});

test("what is not signed with the secret, or was signed long ago, is turned away and changes nothing", async () => {
  const { clinic, data } = await sent();
  const event = { type: "email.bounced", data };
  const before = await contentsOf(clinic.clinicId);
  const bare = new Request("https://wardbook.test/api/mail/events", { method: "POST", body: JSON.stringify(event) });
  const forged = [posted(event, { secret: randomBytes(24) }), posted(event, { secondsAgo: 3600 }), bare];
  for (const request of forged) expect((await POST(request)).status).toBe(401);
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
});

test("what is signed and not known here is answered well and changes nothing", async () => {
  const { clinic, data } = await sent();
  const other = await mintClinic(["owner"]);
  const before = await contentsOf(clinic.clinicId);
  const unknown = [
    { type: "email.delivered", data },
    { type: "email.bounced", data: { ...data, tags: undefined } },
    { type: "email.bounced", data: { ...data, email_id: "another message" } },
    { type: "email.bounced", data: { ...data, tags: { ...data.tags, message: newId() } } },
    { type: "email.bounced", data: { ...data, tags: { ...data.tags, clinic: newId() } } },
    { type: "email.bounced", data: { ...data, tags: { ...data.tags, clinic: other.clinicId } } },
    { type: "domain.created" },
  ];
  for (const event of unknown) expect((await POST(posted(event))).status).toBe(200);
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
});
