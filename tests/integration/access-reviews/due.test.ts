import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { judgeAccess } from "#lib/domain/clinic/access-reviews/commands/judge-access.ts";
import { keepRest } from "#lib/domain/clinic/access-reviews/commands/keep-rest.ts";
import { setAccessReviewInterval } from "#lib/domain/clinic/access-reviews/commands/set-access-review-interval.ts";
import { signAccessReview } from "#lib/domain/clinic/access-reviews/commands/sign-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { getReviewInterval, getReviewPage, getReviewText } from "#lib/domain/clinic/access-reviews/queries.ts";
import { monthsAfter } from "#lib/domain/clinic/access-reviews/rules.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { queueDigests } from "#lib/domain/notifications/outbox/commands/queue-digests.ts";
import { InvalidInput } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { decision, judge, keepTheRest, reviewSigning, sign, signedReview } from "#tests/support/access-reviews.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { eventTypes, madePack, tableOf, textOf } from "#tests/support/packs.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

process.env.RESEND_API_KEY = "re_for_tests_only";
process.env.MAIL_FROM = "mail@wardbook.test";

/** Puts the founding of a clinic so many days back: when it was is not for a command to say. */
async function foundedDaysAgo({ clinicId }: TestClinic, days: number) {
  await asOwner((sql) =>
    sql("UPDATE clinic SET created_at = created_at - make_interval(days => $2) WHERE id = $1", [clinicId, days]),
  );
}

async function waitingFor(by: TestClinic["system"]) {
  const { waiting } = await getToday(by, {});
  return waiting ?? expect.fail("this role decides nothing");
}

test("the next review is due so long after the founding, then after the last signed one, by the clinic's own rule", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { owner, privacy_officer: dana } = clinic.as;
  const today = dayFromNow(owner, 0);
  expect(await getReviewInterval(owner, {})).toMatchObject({ months: 3, dueOn: monthsAfter(today, 3), open: null });
  await foundedDaysAgo(clinic, 100);
  expect((await getReviewInterval(owner, {})).dueOn).toBe(monthsAfter(dayFromNow(owner, -100), 3));
  await setAccessReviewInterval(owner, { months: "6" });
  expect(await setAccessReviewInterval(owner, { months: 6 })).toEqual({ months: 6 });
  expect((await getReviewInterval(owner, {})).dueOn).toBe(monthsAfter(dayFromNow(owner, -100), 6));
  await signedReview(owner, dana);
  expect(await getReviewInterval(owner, {})).toMatchObject({ lastSignedOn: today, dueOn: monthsAfter(today, 6) });
  expect(await eventsOf(clinic.clinicId, "clinic.access_review_interval_set")).toHaveLength(1);
  for (const months of [0, 13, "three"]) {
    await expect(setAccessReviewInterval(owner, { months })).rejects.toBeInstanceOf(InvalidInput);
  }
});

test("a month too short for the day ends it", () => {
  expect(monthsAfter("2026-11-30", 3)).toBe("2027-02-28");
  expect(monthsAfter("2027-11-30", 3)).toBe("2028-02-29");
  expect(monthsAfter("2026-12-31", 1)).toBe("2027-01-31");
  expect(monthsAfter("2026-01-15", 12)).toBe("2027-01-15");
});

test("an overdue review, an open one and what nobody carried out stand on the first page of who decides, and in their mail", async () => {
  const clinic = await mintClinic();
  const { owner, privacy_officer: dana, staff, manager } = clinic.as;
  expect((await waitingFor(owner)).accessReviews.shown).toEqual([]);
  await foundedDaysAgo(clinic, 120);
  const overdueOn = monthsAfter(dayFromNow(owner, -120), 3);
  for (const by of [owner, dana]) {
    expect((await waitingFor(by)).accessReviews.shown).toEqual([{ dueOn: overdueOn, open: null }]);
  }
  for (const by of [staff, manager, clinic.as.auditor]) expect((await getToday(by, {})).waiting).toBeNull();
  const { reviewId } = await startAccessReview(owner, {});
  expect((await waitingFor(dana)).accessReviews.shown).toEqual([
    { dueOn: overdueOn, open: { reviewId, undecided: 5 } },
  ]);
  await judge(owner, reviewId, staff, "change", { changeTo: "Manager." });
  await judge(owner, reviewId, manager, "end");
  await keepTheRest(owner, reviewId);
  await judge(dana, reviewId, owner, "keep");
  expect((await waitingFor(owner)).accessVerdicts.shown).toEqual([]);
  await sign(owner, reviewId);
  const signed = await waitingFor(owner);
  expect(signed.accessReviews.shown).toEqual([]);
  expect(signed.accessVerdicts.shown.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["Luis Ortega", "end"],
    ["Maria Santos", "change"],
  ]);
  await queueDigests({ ...clinic.system, occurredAt: new Date("2099-03-02T12:00:00Z") }, {});
  const mail = await asApp(clinic.clinicId, (sql) =>
    sql("SELECT m.role, o.counts FROM outbox_message o JOIN member m ON m.id = o.member_id ORDER BY m.role"),
  );
  expect(mail).toEqual([
    { role: "owner", counts: { accessReviews: 1, accessVerdicts: 2 } },
    { role: "privacy_officer", counts: { accessReviews: 1, accessVerdicts: 2 } },
  ]);
  await changeRole(owner, { ...(await seenNow(owner, staff)), role: "manager", reason: "As reviewed." });
  const lastDay = dayFromNow(owner, 0);
  await deactivateMember(owner, { ...(await seenNow(owner, manager)), lastDay, reason: "As reviewed.", accounts: [] });
  expect((await waitingFor(owner)).accessVerdicts.shown).toEqual([]);
});

test("a pack holds the reviews, their people and the signed text, byte for byte as the ledger names it", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { owner, privacy_officer: dana, staff } = clinic.as;
  const { reviewId } = await startAccessReview(owner, {});
  await judge(owner, reviewId, staff, "change", { changeTo: "Manager 深 🙂.", note: "Leads\nthe desk." });
  await judge(owner, reviewId, dana, "keep");
  await judge(dana, reviewId, owner, "keep");
  await sign(owner, reviewId);
  const { reviewId: openId } = await startAccessReview(owner, {});
  await judge(owner, openId, staff, "end");
  const { bag } = await madePack(clinic);
  const reviews = tableOf(bag, "access_reviews");
  expect(reviews).toMatchObject([
    { number: 1, status: "signed", keep: 2, change: 1, end: 0, closed_by: "Grace Okafor", sole_reviewer: false },
    { number: 2, status: "open", keep: null, text_sha256: null, text: null, closed_event_seq: null },
  ]);
  const [first] = reviews;
  const text = textOf(bag, `data/${first?.text}`);
  const [event] = await eventsOf(clinic.clinicId, "access_review.signed");
  expect(sha256Hex(text)).toBe(first?.text_sha256);
  expect(event?.body.data.textSha256).toBe(first?.text_sha256);
  expect(event?.body.data.listSha256).toBe(first?.list_sha256);
  expect(text).toBe((await getReviewText(owner, { reviewId })).text);
  expect(text).toContain("CHANGE. To be changed: “Manager 深 🙂.” Note: “Leads / the desk.”");
  const rows = tableOf(bag, "access_review_rows");
  expect(rows.map(({ review, member, verdict }) => [review, member, verdict])).toEqual([
    [1, "Dana Whitfield", "keep"],
    [1, "Grace Okafor", "keep"],
    [1, "Maria Santos", "change"],
    [2, "Dana Whitfield", null],
    [2, "Grace Okafor", null],
    [2, "Maria Santos", null],
  ]);
  expect(eventTypes(bag)[Number(first?.closed_event_seq)]).toBe("access_review.signed");
  expect(tableOf(bag, "attestations").map(({ id }) => id)).toContain(first?.attestation_id);
  const index = textOf(bag, "data/index.csv");
  expect(index).toContain("tables/access_reviews.csv");
  expect(index).toContain("access-reviews/review-1.txt");
  const { bag: earlier } = await madePack(clinic, { asOf: dayFromNow(owner, -1) });
  expect(tableOf(earlier, "access_reviews")).toEqual([]);
});

test("five thousand people are frozen, kept and signed, each in one go", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { owner, privacy_officer: dana } = clinic.as;
  const accounts = Array.from({ length: 5000 }, () => newId());
  await asOwner((sql) =>
    sql("INSERT INTO account (id, email) SELECT id, id || '@many.test' FROM unnest($1::uuid[]) AS id", [accounts]),
  );
  await asApp(clinic.clinicId, (sql) =>
    sql(
      `INSERT INTO member (account_id, name, search_key, role, started_on)
         SELECT id, 'Person ' || n, 'person ' || n, 'staff', '2026-01-05' FROM unnest($1::uuid[]) WITH ORDINALITY AS a (id, n)`,
      [accounts],
    ),
  );
  const { reviewId } = await startAccessReview(owner, {});
  const { review, rest, rows, total } = await getReviewPage(owner, { reviewId });
  expect([review.people, rest, rows.length, total]).toEqual([5002, 5001, 25, 5002]);
  const hundred = await getReviewPage(owner, { reviewId, size: 100, page: 2 });
  const typed = hundred.rows.map(({ memberId, version }) => ({ memberId, version, verdict: "keep" as const }));
  expect(await judgeAccess(owner, { reviewId, rows: typed })).toEqual({ decided: 100, undecided: 4902 });
  expect(await keepRest(owner, { reviewId, count: 4901 })).toEqual({ kept: 4901 });
  await judgeAccess(dana, { reviewId, rows: [await ownRow()] });
  await signAccessReview(owner, await reviewSigning(owner, reviewId));
  const events = await eventsOf(clinic.clinicId, "access_review.rest_kept", "access_review.signed");
  expect(events.map(({ type }) => type)).toEqual([
    ...Array.from({ length: 5 }, () => "access_review.rest_kept"),
    "access_review.signed",
  ]);
  expect(events.at(-1)?.body.data).toMatchObject({ people: 5002, keep: 5002 });

  async function ownRow() {
    const { rows: found } = await getReviewPage(dana, { reviewId, q: "grace okafor" });
    const own = found.find(({ memberId }) => memberId === memberIdOf(owner)) ?? expect.fail();
    return { memberId: own.memberId, version: own.version, verdict: "keep" as const };
  }
}, 120_000);

test("of two who keep the rest and decide at the same moment neither undoes the other", async () => {
  const { as } = await mintClinic();
  const { reviewId } = await startAccessReview(as.owner, {});
  const ended = await decision(as.privacy_officer, reviewId, as.staff, "end");
  await Promise.allSettled([
    keepRest(as.owner, { reviewId, count: 4 }),
    judgeAccess(as.privacy_officer, { reviewId, rows: [ended] }),
  ]);
  const { rows } = await getReviewPage(as.owner, { reviewId, q: "maria" });
  // Whoever came second was refused: by the count, or by the version.
  expect([
    ["keep", true],
    ["end", false],
  ]).toContainEqual([rows[0]?.verdict, rows[0]?.withRest]);
});
