import { describe, expect, test } from "vitest";
import { abandonAccessReview } from "#lib/domain/clinic/access-reviews/commands/abandon-access-review.ts";
import { judgeAccess } from "#lib/domain/clinic/access-reviews/commands/judge-access.ts";
import { keepRest } from "#lib/domain/clinic/access-reviews/commands/keep-rest.ts";
import { signAccessReview } from "#lib/domain/clinic/access-reviews/commands/sign-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import {
  getReviewPage,
  getReviewRows,
  getReviewsPage,
  getReviewText,
} from "#lib/domain/clinic/access-reviews/queries.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { reinstateMember } from "#lib/domain/clinic/people/commands/reinstate-member.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { openSession } from "#lib/platform/auth/sign-in.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import {
  decision,
  judge,
  keepTheRest,
  reviewShown,
  reviewSigning,
  rewritten,
  sign,
  signedReview,
  toStaff,
} from "#tests/support/access-reviews.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { newColleague } from "#tests/support/policies.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp } from "#tests/support/sql.ts";

async function end(by: ClinicContext, who: ClinicContext, days = 0) {
  const lastDay = dayFromNow(by, days);
  await deactivateMember(by, { ...(await seenNow(by, who)), lastDay, reason: "Moves away.", accounts: [] });
}

describe("the frozen list", () => {
  test("holds everybody who has access that day as they are, and nobody who has left or not begun", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer", "staff", "auditor"]);
    const { owner, privacy_officer: dana, staff } = clinic.as;
    await end(owner, await newColleague(clinic, "Ines Duarte"));
    await newColleague(clinic, "Noor Haddad", "manager");
    await asApp(clinic.clinicId, (sql) =>
      sql("UPDATE member SET ended_on = '2099-01-01', job_title = 'Front desk' WHERE id = $1", [memberIdOf(staff)]),
    );
    await designateOfficer(owner, {
      ...{ office: "contact", memberId: memberIdOf(dana), fromOn: dayFromNow(owner, 0), duties: "Answers." },
    });
    const [member] = await asApp(clinic.clinicId, (sql) =>
      sql("SELECT account_id FROM member WHERE id = $1", [memberIdOf(staff)]),
    );
    await openSession(member.account_id, "a browser");
    const { reviewId, started } = await startAccessReview(owner, {});
    expect(started).toBe(true);
    const { rows, review, of } = await reviewShown(owner, reviewId);
    expect(review).toMatchObject({ number: 1, status: "open", people: 5, undecided: 5, startedBy: "Grace Okafor" });
    expect(rows.map(({ name }) => name)).toEqual([
      ...["Dana Whitfield", "Grace Okafor", "Maria Santos", "Noor Haddad", "Priya Raman"],
    ]);
    const today = dayFromNow(owner, 0);
    expect(of("Maria Santos")).toMatchObject({
      ...{ role: "staff", jobTitle: "Front desk", workforceType: "employee", endedOn: "2099-01-01", startedOn: today },
      ...{ lastSignInOn: today, daysSinceSignIn: 0, secondFactor: "not_required", offices: [], verdict: null },
    });
    expect(of("Dana Whitfield")).toMatchObject({ lastSignInOn: null, secondFactor: "no", offices: ["contact"] });
  });

  test("stands while people change, and says what is different since", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer", "staff", "manager"]);
    const { owner, staff, manager } = clinic.as;
    const { reviewId } = await startAccessReview(owner, {});
    const [{ body } = expect.fail()] = await eventsOf(clinic.clinicId, "access_review.started");
    await changeRole(owner, { ...(await seenNow(owner, staff)), role: "manager", reason: "Leads the desk." });
    await end(owner, manager);
    await newColleague(clinic, "Ines Duarte");
    const { of, rows, review, joinedSince } = await reviewShown(owner, reviewId);
    expect(rows).toHaveLength(4);
    expect(joinedSince).toBe(1);
    expect(of("Maria Santos")).toMatchObject({ role: "staff", changed: [{ fact: "role", now: "manager" }] });
    expect(of("Luis Ortega")).toMatchObject({
      endedOn: null,
      changed: [{ fact: "endedOn", now: dayFromNow(owner, 0) }],
    });
    expect(of("Dana Whitfield")?.changed).toEqual([]);
    expect(body.data).toMatchObject({ people: 4, listSha256: review.listSha256, frozenOn: review.frozenOn });
    await expect(rewritten(clinic, "UPDATE access_review_row SET role = 'owner'")).rejects.toThrow(/permission denied/);
  });

  test("is one at a time: beginning again, also at the same moment, leads to the open one", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
    const begun = await Promise.all([startAccessReview(as.owner, {}), startAccessReview(as.privacy_officer, {})]);
    expect(new Set(begun.map(({ reviewId }) => reviewId)).size).toBe(1);
    expect(begun.filter(({ started }) => started)).toHaveLength(1);
    expect(await eventsOf(clinicId, "access_review.started")).toHaveLength(1);
  });
});

describe("a decision", () => {
  test("is saved in parts, changed until it is signed, and leaves its words sealed in the ledger", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff", "manager"]);
    const { reviewId } = await startAccessReview(as.owner, {});
    await judge(as.owner, reviewId, as.staff, "change", { changeTo: "Manager, for she leads the desk." });
    await judge(as.privacy_officer, reviewId, as.staff, "end", { changeTo: "left over", note: "Left the desk." });
    const { of, review } = await reviewShown(as.owner, reviewId);
    expect(of("Maria Santos")).toMatchObject({
      ...{ verdict: "end", changeTo: "", note: "Left the desk.", decidedBy: "Dana Whitfield", withRest: false },
    });
    expect(review.undecided).toBe(3);
    const events = await eventsOf(clinicId, "access_review.judged");
    expect(events.map(({ body }) => body.data.verdicts)).toEqual([["change"], ["end"]]);
    expect(JSON.stringify(events)).not.toMatch(/leads the desk|Left the desk/);
  });

  test("sent twice is one, and a form that somebody overtook is refused beside the person, by name", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { reviewId } = await startAccessReview(as.owner, {});
    const seen = await decision(as.owner, reviewId, as.staff, "keep");
    await judgeAccess(as.owner, { reviewId, rows: [seen] });
    expect(await judgeAccess(as.owner, { reviewId, rows: [seen] })).toMatchObject({ decided: 0 });
    const before = await contentsOf(clinicId);
    await expect(
      judgeAccess(as.privacy_officer, { reviewId, rows: [{ ...seen, verdict: "end" }] }),
    ).rejects.toMatchObject({
      ...{ code: "access_review.decided_meanwhile", params: { name: "Maria Santos" }, field: "rows.0.verdict" },
    });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("of two in two tabs at the same moment stands the first, and the second is refused", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { reviewId } = await startAccessReview(as.owner, {});
    const seen = await decision(as.owner, reviewId, as.staff, "keep");
    const both = await Promise.allSettled([
      judgeAccess(as.owner, { reviewId, rows: [seen] }),
      judgeAccess(as.privacy_officer, { reviewId, rows: [{ ...seen, verdict: "end" }] }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await eventsOf(clinicId, "access_review.judged")).toHaveLength(1);
  });

  test("to change says what is to be changed", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { reviewId } = await startAccessReview(as.owner, {});
    await expect(judge(as.owner, reviewId, as.staff, "change")).rejects.toMatchObject({
      ...{ code: "access_review.what_to_change", field: "rows.0.changeTo" },
    });
  });

  test("on who changed or left since the list was frozen is never part of keeping all the rest", async () => {
    const { as } = await mintClinic();
    const { reviewId } = await startAccessReview(as.owner, {});
    await toStaff(as.owner, as.manager);
    await end(as.owner, as.staff);
    const { rest } = await getReviewPage(as.owner, { reviewId });
    await expect(keepRest(as.owner, { reviewId, count: rest + 2 })).rejects.toMatchObject({
      ...{ code: "access_review.rest_is", params: { count: rest } },
    });
    await keepTheRest(as.owner, reviewId);
    const { rows } = await reviewShown(as.owner, reviewId);
    const left = rows.filter(({ verdict }) => verdict === null).map(({ memberId }) => memberId);
    expect(left.sort()).toEqual([as.owner, as.manager, as.staff].map(memberIdOf).sort());
    expect((await getReviewPage(as.owner, { reviewId })).rest).toBe(0);
  });
});

describe("a signature", () => {
  test("is refused while somebody is undecided, and says how many", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff", "manager"]);
    const { reviewId } = await startAccessReview(as.owner, {});
    await judge(as.owner, reviewId, as.staff, "keep");
    const before = await contentsOf(clinicId);
    await expect(sign(as.owner, reviewId)).rejects.toMatchObject({
      ...{ code: "access_review.undecided", params: { count: 3 } },
    });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("is over the very text on the screen, and its SHA-256 stands in the ledger", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const reviewId = await signedReview(as.owner, as.privacy_officer);
    const { review, text, sha256 } = await getReviewText(as.owner, { reviewId });
    expect(review).toMatchObject({ status: "signed", closedBy: "Grace Okafor", undecided: 0, soleReviewer: false });
    expect(sha256Hex(text)).toBe(sha256);
    expect(text).toContain(`SHA-256 of the frozen list: ${review.listSha256}`);
    expect(text).toMatch(/3\. Maria Santos · Staff · .*\n {4}KEEP\. Decided by Grace Okafor, .*Kept with all the rest/);
    const [attested, signed] = await eventsOf(clinicId, "attestation.signed", "access_review.signed");
    expect(attested?.body.data).toMatchObject({ textSha256: sha256 });
    expect(signed?.body.data).toMatchObject({
      ...{ textSha256: sha256, listSha256: review.listSha256, people: 3, keep: 3, change: 0, end: 0 },
      attestationId: review.signature?.attestationId,
    });
  });

  test("over a text in which a decision has changed meanwhile is refused", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { reviewId } = await startAccessReview(as.owner, {});
    await keepTheRest(as.owner, reviewId);
    await judge(as.privacy_officer, reviewId, as.owner, "keep");
    const form = await reviewSigning(as.owner, reviewId);
    await judge(as.privacy_officer, reviewId, as.staff, "end");
    const before = await contentsOf(clinicId);
    await expect(signAccessReview(as.owner, form)).rejects.toMatchObject({ code: "access_review.changed_meanwhile" });
    await expect(signAccessReview(as.owner, { ...form, typedName: "Somebody" })).rejects.toThrow();
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("sent twice at once is one, and afterwards nothing of the review changes, by a command or by hand", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { owner, privacy_officer: dana, staff } = clinic.as;
    const { reviewId } = await startAccessReview(owner, {});
    await keepTheRest(owner, reviewId);
    await judge(dana, reviewId, owner, "keep");
    const form = await reviewSigning(owner, reviewId);
    const answers = await Promise.all([signAccessReview(owner, form), signAccessReview(owner, form)]);
    expect(answers.map(({ alreadySigned }) => alreadySigned).sort()).toEqual([false, true]);
    expect(await eventsOf(clinic.clinicId, "access_review.signed")).toHaveLength(1);
    const before = await contentsOf(clinic.clinicId);
    const refused = { code: "access_review.not_open", params: { number: 1 } };
    await expect(judge(dana, reviewId, staff, "end")).rejects.toMatchObject(refused);
    await expect(keepRest(dana, { reviewId, count: 1 })).rejects.toMatchObject(refused);
    await expect(abandonAccessReview(dana, { reviewId, reason: "Too late." })).rejects.toMatchObject(refused);
    await expect(sign(dana, reviewId)).rejects.toMatchObject(refused);
    expect(await rewritten(clinic, "UPDATE access_review_row SET note = 'rewritten'")).toBe(0);
    expect(await rewritten(clinic, "UPDATE access_review SET sole_reviewer = true")).toBe(0);
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });
});

describe("what was decided is carried out on the person's own pages", () => {
  test("and the review shows since when, derived from roles and ends", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer", "staff", "manager"]);
    const { owner, privacy_officer: dana, staff, manager } = clinic.as;
    const { reviewId } = await startAccessReview(owner, {});
    await judge(owner, reviewId, staff, "change", { changeTo: "Manager." });
    await judge(owner, reviewId, manager, "end");
    await keepTheRest(owner, reviewId);
    await judge(dana, reviewId, owner, "keep");
    await sign(owner, reviewId);
    const states = async () => {
      const { of } = await reviewShown(owner, reviewId);
      return ["Maria Santos", "Luis Ortega", "Dana Whitfield"].map((name) => of(name)?.carriedOut);
    };
    expect(await states()).toEqual([{ state: "open" }, { state: "open" }, null]);
    const today = dayFromNow(owner, 0);
    await changeRole(owner, { ...(await seenNow(owner, staff)), role: "manager", reason: "As reviewed." });
    await end(owner, manager, 5);
    expect(await states()).toEqual([
      { state: "done", on: today },
      { state: "planned", on: dayFromNow(owner, 5) },
      null,
    ]);
    await reinstateMember(owner, { ...(await seenNow(owner, manager)), reason: "Not after all." });
    expect((await states())[1]).toEqual({ state: "open" });
    await end(owner, manager);
    expect((await states())[1]).toEqual({ state: "done", on: today });
  });
});

test("a review that is given up stays with its reason, and the next one begins afresh", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { reviewId } = await startAccessReview(as.owner, {});
  await judge(as.owner, reviewId, as.staff, "end");
  await abandonAccessReview(as.privacy_officer, { reviewId, reason: "Half the staff left." });
  await expect(judge(as.owner, reviewId, as.staff, "keep")).rejects.toMatchObject({ code: "access_review.not_open" });
  const next = await startAccessReview(as.owner, {});
  expect(next.reviewId).not.toBe(reviewId);
  const { rows } = await getReviewsPage(as.auditor ?? as.owner, {});
  expect(
    rows.map(({ number, status, abandonReason, undecided }) => [number, status, abandonReason, undecided]),
  ).toEqual([
    [2, "open", "", 3],
    [1, "abandoned", "Half the staff left.", 0],
  ]);
  expect((await reviewShown(as.owner, next.reviewId)).of("Maria Santos")?.verdict).toBeNull();
  const events = await eventsOf(clinicId, "access_review.abandoned");
  expect(JSON.stringify(events)).not.toContain("Half the staff");
});

test("an auditor reads a review and decides nothing; staff and managers see none", async () => {
  const { as } = await mintClinic();
  const { reviewId } = await startAccessReview(as.owner, {});
  expect((await getReviewPage(as.auditor, { reviewId })).total).toBe(5);
  await expect(judge(as.auditor, reviewId, as.staff, "keep")).rejects.toThrow(/access_review.keep/);
  for (const role of ["staff", "manager"] as const) {
    await expect(getReviewPage(as[role], { reviewId })).rejects.toThrow(/access_review.read/);
  }
});

test("the list is narrowed and sorted: undecided first, by words, role, sign-in and second factor", async () => {
  const clinic = await mintClinic();
  const { owner, staff } = clinic.as;
  const { reviewId } = await startAccessReview(owner, {});
  await judge(owner, reviewId, staff, "keep");
  type Asked = Omit<Parameters<typeof getReviewRows>[1], "reviewId">;
  const names = async (asked: Asked) =>
    (await getReviewRows(owner, { reviewId, ...asked })).rows.map(({ name }) => name);
  expect((await names({})).at(-1)).toBe("Maria Santos");
  expect(await names({ verdict: ["keep"] })).toEqual(["Maria Santos"]);
  expect(await names({ verdict: ["undecided", "end"] })).toHaveLength(4);
  expect(await names({ role: ["manager"] })).toEqual(["Luis Ortega"]);
  expect(await names({ q: "grace" })).toEqual(["Grace Okafor"]);
  expect(await names({ q: "🙂" })).toEqual([]);
  expect(await names({ factor: ["not_required"], sort: "name" })).toEqual(["Luis Ortega", "Maria Santos"]);
  expect(await names({ signIn: ["never"] })).toHaveLength(5);
  expect(await names({ signIn: ["quiet"] })).toEqual([]);
});
