import { describe, expect, test } from "vitest";
import { keepRest } from "#lib/domain/clinic/access-reviews/commands/keep-rest.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { getReviewText } from "#lib/domain/clinic/access-reviews/queries.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { judge, keepTheRest, reviewShown, rewritten, sign, toStaff } from "#tests/support/access-reviews.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { newColleague } from "#tests/support/policies.ts";
import { seenNow } from "#tests/support/roster.ts";

describe("a decision", () => {
  test("on one's own access is another officer's, alone or with all the rest", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { owner, privacy_officer: dana } = clinic.as;
    const { reviewId } = await startAccessReview(owner, {});
    const before = await contentsOf(clinic.clinicId);
    await expect(judge(owner, reviewId, owner, "keep")).rejects.toMatchObject({ code: "access_review.own_access" });
    await expect(keepRest(owner, { reviewId, count: 3 })).rejects.toMatchObject({
      ...{ code: "access_review.rest_is", params: { count: 2 } },
    });
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    await keepTheRest(owner, reviewId);
    const { of, review } = await reviewShown(owner, reviewId);
    expect(review.undecided).toBe(1);
    expect(of("Grace Okafor")).toMatchObject({ verdict: null, forAnother: true });
    await judge(dana, reviewId, owner, "keep");
    expect((await reviewShown(owner, reviewId)).of("Grace Okafor")).toMatchObject({
      ...{ verdict: "keep", decidedBy: "Dana Whitfield", soleReviewer: false },
    });
    await expect(
      rewritten(clinic, "UPDATE access_review_row SET decided_by = member_id WHERE verdict IS NOT NULL"),
    ).rejects.toThrow(/access_review_row_own/);
  });

  test("on one's own access is allowed where nobody else could decide, and is marked so to the end", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    await toStaff(as.owner, as.privacy_officer);
    const { reviewId } = await startAccessReview(as.owner, {});
    expect((await reviewShown(as.owner, reviewId)).own.sole).toBe(true);
    await keepTheRest(as.owner, reviewId);
    expect((await reviewShown(as.owner, reviewId)).of("Grace Okafor")).toMatchObject({
      ...{ verdict: "keep", soleReviewer: true, forAnother: false },
    });
    await sign(as.owner, reviewId);
    const { review, text } = await getReviewText(as.owner, { reviewId });
    expect(review.soleReviewer).toBe(true);
    expect(text).toContain("Their own access: nobody else could decide on it.");
    const events = await eventsOf(clinicId, "access_review.rest_kept", "access_review.signed");
    expect(events.map(({ body }) => body.data.soleReviewer)).toEqual([true, true]);
  });
});

test("a clinic with one owner and one officer completes a review: each decides on the other, who is told whom to ask", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { owner, privacy_officer: dana } = as;
  const { reviewId } = await startAccessReview(dana, {});
  const above = (page: Awaited<ReturnType<typeof reviewShown>>) =>
    page.rows.flatMap((row) => (row.above ? [row.name] : []));
  expect(above(await reviewShown(dana, reviewId))).toEqual(["Grace Okafor"]);
  expect(above(await reviewShown(owner, reviewId))).toEqual([]);
  await judge(owner, reviewId, dana, "keep");
  expect((await getReviewText(owner, { reviewId })).own.isAllThatWaits).toBe(false);
  await keepTheRest(owner, reviewId);
  const waits = { sole: false, reviewers: ["Dana Whitfield"], isAllThatWaits: true };
  expect((await reviewShown(owner, reviewId)).own).toEqual(waits);
  expect((await getReviewText(owner, { reviewId })).own).toEqual(waits);
  expect((await reviewShown(dana, reviewId)).own).toEqual({
    ...waits,
    reviewers: ["Grace Okafor"],
    isAllThatWaits: false,
  });
  await judge(dana, reviewId, owner, "keep");
  await sign(dana, reviewId);
});

test("who alone can decide is told that their own access waits for themselves", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  const { reviewId } = await startAccessReview(as.owner, {});
  await judge(as.owner, reviewId, as.staff, "keep");
  const waits = { sole: true, reviewers: [], isAllThatWaits: true };
  expect((await reviewShown(as.owner, reviewId)).own).toEqual(waits);
  await judge(as.owner, reviewId, as.owner, "keep");
  await sign(as.owner, reviewId);
  expect((await reviewShown(as.owner, reviewId)).own.isAllThatWaits).toBe(false);
});

test("an officer decides on an owner above them, and an owner carries it out", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { owner, privacy_officer: dana } = clinic.as;
  await newColleague(clinic, "Ines Duarte", "owner");
  const { reviewId } = await startAccessReview(dana, {});
  await judge(owner, reviewId, dana, "keep");
  await judge(dana, reviewId, owner, "change", { changeTo: "Manager, for she hands over." });
  await keepTheRest(dana, reviewId);
  await sign(dana, reviewId);
  const carrying = changeRole(dana, { ...(await seenNow(dana, owner)), role: "manager", reason: "As decided." });
  await expect(carrying).rejects.toMatchObject({ code: "member.above_own", params: { name: "Grace Okafor" } });
});
