import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { chooseDigest } from "#lib/domain/notifications/outbox/commands/choose-digest.ts";
import { queueDigests } from "#lib/domain/notifications/outbox/commands/queue-digests.ts";
import { getOwnDigestChoice } from "#lib/domain/notifications/outbox/queries.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { reopenRequest } from "#lib/domain/tools/requests/commands/reopen-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { issueDirective, setDates, signDirective } from "#tests/support/policies.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

process.env.RESEND_API_KEY = "re_for_tests_only";
process.env.MAIL_FROM = "mail@wardbook.test";

const SEVEN = new Date("2099-03-02T12:00:00Z");
const days = (count: number, from = SEVEN) => new Date(from.getTime() + count * 86_400_000);
const onMorning = (clinic: TestClinic, at = SEVEN): ClinicContext => ({ ...clinic.system, occurredAt: at });

async function digestsOf({ clinicId }: TestClinic) {
  return asApp(clinicId, (sql) =>
    sql(
      `SELECT m.role, o.counts, o.digest_on::text AS on FROM outbox_message o JOIN member m ON m.id = o.member_id
        WHERE o.kind = 'daily_digest' ORDER BY o.digest_on, m.role`,
    ),
  );
}

test("each person is written how much waits for them, and nobody for whom nothing does", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  await signDirective(clinic.as.manager);
  await askForTool(clinic.as.staff, { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" });
  expect(await queueDigests(onMorning(clinic), {})).toEqual({ queued: 3 });
  const on = "2099-03-02";
  expect(await digestsOf(clinic)).toEqual([
    { role: "owner", counts: { toSign: 1, requests: 1, accessReviews: 1 }, on },
    { role: "privacy_officer", counts: { toSign: 1, requests: 1, accessReviews: 1 }, on },
    { role: "staff", counts: { toSign: 1 }, on },
  ]);
});

test("what a digest counts is what the first page shows", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  await askForTool(clinic.as.staff, { product: "Tidewater Notes", purpose: "Notes.", goesIn: "nothing" });
  await startAccessReview(clinic.as.owner, {});
  await queueDigests(onMorning(clinic), {});
  const { waiting, toSign } = await getToday(clinic.as.privacy_officer, {});
  const [digest] = (await digestsOf(clinic)).filter(({ role }) => role === "privacy_officer");
  const { requests, accessReviews } = waiting ?? expect.fail();
  expect(digest.counts).toEqual({
    ...{ toSign: toSign.length, requests: requests.shown.length, accessReviews: accessReviews.shown.length },
  });
});

test("a digest counts no notice that an answer taken back has left without a word, which nobody could put away", async () => {
  const clinic = await mintClinic(["owner", "manager", "staff"]);
  const { as, system } = clinic;
  const { requestId } = await askForTool(as.staff, {
    product: "Tidewater Notes",
    purpose: "Notes.",
    goesIn: "nothing",
  });
  await supportRequest(as.manager, { requestId });
  await answerRequest(as.owner, { requestId, version: 1, answer: "refused", reason: "Not needed." });
  await giveNotice(system, { kind: "request_answered", subjectId: requestId });
  await reopenRequest(as.owner, { requestId, version: 2, reason: "It meant another tool." });
  await giveNotice(system, { kind: "request_reopened", subjectId: requestId });
  await queueDigests(onMorning(clinic), {});
  await withdrawRequest(as.staff, { requestId });
  await queueDigests(onMorning(clinic, days(1)), {});
  expect((await digestsOf(clinic)).filter(({ role }) => role !== "owner")).toEqual([
    { role: "manager", counts: { notices: 1 }, on: "2099-03-02" },
    { role: "staff", counts: { notices: 1 }, on: "2099-03-02" },
  ]);
});

test("nobody is written to twice on a day, however often the worker starts; the next day they are", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  expect(await queueDigests(onMorning(clinic), {})).toEqual({ queued: 4 });
  const hourLater = new Date(SEVEN.getTime() + 3_600_000);
  expect(await queueDigests(onMorning(clinic, hourLater), {})).toEqual({ queued: 0 });
  expect(await queueDigests(onMorning(clinic, days(1)), {})).toEqual({ queued: 4 });
  expect(await eventsOf(clinic.clinicId, "mail.queued")).toHaveLength(2);
});

test("two workers at once write to nobody twice", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  await Promise.allSettled([1, 2, 3].map(() => queueDigests(onMorning(clinic), {})));
  expect(await digestsOf(clinic)).toHaveLength(4);
});

test("at night and in the afternoon nobody is written to", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  for (const time of ["2099-03-02T11:59:59Z", "2099-03-02T17:00:00Z"]) {
    expect(await queueDigests(onMorning(clinic, new Date(time)), {})).toEqual({ queued: 0 });
  }
});

test("who switches the daily mail off gets none, and gets it again after switching it on", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  expect(await getOwnDigestChoice(clinic.as.staff, {})).toEqual({ digest: true });
  await chooseDigest(clinic.as.staff, { digest: "no" });
  await chooseDigest(clinic.as.staff, { digest: false });
  expect(await getOwnDigestChoice(clinic.as.staff, {})).toEqual({ digest: false });
  expect(await queueDigests(onMorning(clinic), {})).toEqual({ queued: 3 });
  expect((await digestsOf(clinic)).map(({ role }) => role)).not.toContain("staff");
  await chooseDigest(clinic.as.staff, { digest: "yes" });
  expect(await queueDigests(onMorning(clinic, days(1)), {})).toEqual({ queued: 4 });
  const switched = await eventsOf(clinic.clinicId, "mail.digest_switched_off", "mail.digest_switched_on");
  expect(switched.map(({ type }) => type)).toEqual(["mail.digest_switched_off", "mail.digest_switched_on"]);
});

test("nobody is written to who has left", async () => {
  const clinic = await mintClinic();
  await issueDirective(clinic.as.owner);
  await setDates(clinic.clinicId, clinic.as.staff, { startedOn: "2026-01-01", endedOn: "2026-12-31" });
  expect(await queueDigests(onMorning(clinic), {})).toEqual({ queued: 3 });
});

test("ten thousand people are written to in one transaction, with one entry of the ledger for each thousand", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  await issueDirective(clinic.as.owner);
  await asOwner((sql) =>
    sql(
      `WITH people AS (INSERT INTO account (email) SELECT 'p' || n || '-' || left($1::text, 8) || '@clinic.test' FROM generate_series(1, 10000) n RETURNING id)
       INSERT INTO member (clinic_id, account_id, name, role, started_on) SELECT $1::uuid, id, 'Noor Haddad', 'staff', '2026-01-01' FROM people`,
      [clinic.clinicId],
    ),
  );
  expect(await queueDigests(onMorning(clinic), {})).toEqual({ queued: 10_002 });
  expect(await digestsOf(clinic)).toHaveLength(10_002);
  expect(await eventsOf(clinic.clinicId, "mail.queued")).toHaveLength(11);
});
