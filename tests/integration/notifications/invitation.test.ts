import { afterAll, beforeEach, expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { renewImportedInvitations } from "#lib/domain/clinic/imports/commands/renew-imported-invitations.ts";
import { renewInvitation } from "#lib/domain/clinic/people/commands/renew-invitation.ts";
import { revokeInvitation } from "#lib/domain/clinic/people/commands/revoke-invitation.ts";
import { handMailOver } from "#lib/domain/notifications/outbox/commands/hand-mail-over.ts";
import { queueInvitationMail } from "#lib/domain/notifications/outbox/commands/queue-invitation-mail.ts";
import { sendMailAgain } from "#lib/domain/notifications/outbox/commands/send-mail-again.ts";
import { getOutboxPage, getOutboxRows } from "#lib/domain/notifications/outbox/queries.ts";
import { newId } from "#lib/kernel/ids.ts";
import { sendMailOf } from "#scripts/send-mail.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf, jobsOf } from "#tests/support/contents.ts";
import { bringIn } from "#tests/support/imports.ts";
import { startMailService } from "#tests/support/mail-service.ts";
import { asOwner } from "#tests/support/sql.ts";

const service = await startMailService();
process.env.RESEND_API_KEY = "re_for_tests_only";
process.env.MAIL_FROM = "Wardbook <mail@wardbook.test>";
process.env.RESEND_BASE_URL = service.url;

beforeEach(() => {
  service.accepted.length = 0;
});
afterAll(() => service.close());

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);

/** A clinic whose owner has invited somebody, and the letter about it is queued. */
async function invited() {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const email = `noah-${newId()}@clinic.test`;
  const { invitationId, token } = await inviteMember(clinic.as.owner, { email, name: "Noah Kim", role: "staff" });
  await queueInvitationMail(clinic.system, { invitationId });
  return { clinic, email, invitationId, token };
}

async function rowOf({ as }: TestClinic) {
  return (await getOutboxPage(as.owner, {})).rows[0];
}

function linkIn(text: string): string {
  return /https:\/\/wardbook\.test\/invitation\/([\w-]+)/.exec(text)?.[1] ?? "";
}

test("who is invited gets the link by mail, once, and joins by it", async () => {
  const { clinic, email, invitationId, token } = await invited();
  await queueInvitationMail(clinic.system, { invitationId });
  await sendMailOf(clinic.system, at(0));
  await sendMailOf(clinic.system, at(1));
  expect(service.accepted).toHaveLength(1);
  const mailed = service.accepted[0];
  expect(mailed).toMatchObject({ to: email, subject: "You are invited to Wardbook" });
  expect(linkIn(mailed?.text ?? "")).toBe(token);
  for (const typed of ["Noah", "Clinic "]) expect(JSON.stringify(mailed)).not.toContain(typed);
  expect(await rowOf(clinic)).toMatchObject({ kind: "invitation", member: "Noah Kim", state: "sent" });
  const by = { requestId: newId(), locale: "en", signedInAccountId: null } as const;
  const joining = { name: "Noah Kim", jobTitle: "Student", passwordHash: "$argon2id$none", locale: "en" } as const;
  await acceptInvitation(linkIn(mailed?.text ?? ""), joining, by);
});

test("a letter that is sent again after a kill holds the same link", async () => {
  const { clinic } = await invited();
  await sendMailOf(clinic.system, at(0));
  await asOwner((sql) =>
    sql("UPDATE outbox_message SET state = 'queued', attempts = 0, finished_at = NULL WHERE clinic_id = $1", [
      clinic.clinicId,
    ]),
  );
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted).toHaveLength(1);
  expect(await rowOf(clinic)).toMatchObject({ state: "sent" });
});

test("an invitation that was taken back is not mailed any more, and the outbox says why", async () => {
  const { clinic, invitationId } = await invited();
  await revokeInvitation(clinic.as.owner, { invitationId });
  await sendMailOf(clinic.system, at(0));
  expect(service.accepted).toEqual([]);
  const row = await rowOf(clinic);
  expect(row).toMatchObject({ state: "failed", failure: "not_open", canSendAgain: true });
  await sendMailAgain(clinic.as.owner, { messageId: row?.id ?? "" });
  await sendMailOf(clinic.system, at(1));
  expect(service.accepted).toEqual([]);
});

test("neither the outbox nor its files show the link that lets somebody in, nor does the ledger name an address", async () => {
  const { clinic, email, invitationId, token } = await invited();
  await sendMailOf(clinic.system, at(0));
  const { rows } = await getOutboxRows(clinic.as.privacy_officer, {});
  expect(rows[0]?.link).toBe(`https://wardbook.test/c/${clinic.slug}/people/invitations/${invitationId}`);
  expect(JSON.stringify(rows)).not.toContain(token);
  for (const type of ["mail.queued", "mail.sent"]) {
    const [event] = await eventsOf(clinic.clinicId, type);
    expect(event?.body.data).toEqual({ kind: "invitation", memberIds: [], invitationIds: [invitationId] });
    expect(JSON.stringify(event)).not.toContain(email);
  }
});

test("what mail carries is not handed over by hand", async () => {
  const { clinic } = await invited();
  const messageId = (await rowOf(clinic))?.id ?? "";
  await expect(handMailOver(clinic.as.owner, { messageId })).rejects.toThrow("mail.not_to_hand_over");
});

test("a list of people that comes in at once enqueues one job, and each of them gets a letter of their own", async () => {
  const clinic = await mintClinic(["owner"]);
  const mark = newId();
  const people = ["a", "b", "c"].map((name) => `Person ${name},${name}-${mark}@clinic.test`);
  const jobsBefore = (await jobsOf(clinic.clinicId)).length;
  await bringIn(clinic.as.owner, "people", ["name,email", ...people].join("\n"));
  expect((await jobsOf(clinic.clinicId)).length).toBe(jobsBefore + 1);
  const invitations = await eventsOf(clinic.clinicId, "member.invited");
  const invitationId = invitations.at(-1)?.body.object.id ?? "";
  expect(await queueInvitationMail(clinic.system, { invitationId })).toEqual({ queued: 3 });
  expect(await queueInvitationMail(clinic.system, { invitationId })).toEqual({ queued: 0 });
  await sendMailOf(clinic.system, at(0));
  expect(new Set(service.accepted.map(({ to }) => to)).size).toBe(3);
  expect(new Set(service.accepted.map(({ text }) => linkIn(text))).size).toBe(3);
});

test("one new link for a list whose links were handed over writes to nobody else of it", async () => {
  const clinic = await mintClinic(["owner"]);
  const mark = newId();
  const people = ["a", "b", "c"].map((name) => `Person ${name},${name}-${mark}@clinic.test`);
  const { importId } = await bringIn(clinic.as.owner, "people", ["name,email", ...people].join("\n"));
  // Nobody has been written to: there was no key that day.
  const made = await eventsOf(clinic.clinicId, "member.invited");
  const { invitationId } = await renewInvitation(clinic.as.owner, { invitationId: made.at(-1)?.body.object.id ?? "" });
  expect(await queueInvitationMail(clinic.system, { invitationId })).toEqual({ queued: 1 });
  const { rows } = await getOutboxPage(clinic.as.owner, {});
  expect(rows.map(({ member }) => member)).toEqual(["Person c"]);
  await renewImportedInvitations(clinic.as.owner, { importId });
  const renewed = (await eventsOf(clinic.clinicId, "member.invited")).at(-1)?.body.object.id ?? "";
  expect(await queueInvitationMail(clinic.system, { invitationId: renewed })).toEqual({ queued: 3 });
});
