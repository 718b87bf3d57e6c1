import { expect, test } from "vitest";
import { judgeAccess } from "#lib/domain/clinic/access-reviews/commands/judge-access.ts";
import { signAccessReview } from "#lib/domain/clinic/access-reviews/commands/sign-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { getReviewText } from "#lib/domain/clinic/access-reviews/queries.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { decision, judge, keepTheRest, reviewShown, reviewSigning, sign } from "#tests/support/access-reviews.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { newColleague } from "#tests/support/policies.ts";
import { dayFromNow, seenNow } from "#tests/support/roster.ts";

const REFUSED = { code: "access_review.last_owner", params: { name: "Grace Okafor" } };

async function leave(by: ClinicContext, who: ClinicContext) {
  const lastDay = dayFromNow(by, 0);
  await deactivateMember(by, { ...(await seenNow(by, who)), lastDay, reason: "Moves away.", accounts: [] });
}

test("nobody decides to end the only owner or to change their role, and the page says so beforehand", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { reviewId } = await startAccessReview(as.owner, {});
  const { rows } = await reviewShown(as.privacy_officer, reviewId);
  expect(rows.flatMap(({ name, lastOwner }) => (lastOwner ? [name] : []))).toEqual(["Grace Okafor"]);
  const staff = await decision(as.privacy_officer, reviewId, as.staff, "keep");
  const owner = await decision(as.privacy_officer, reviewId, as.owner, "end");
  const before = await contentsOf(clinicId);
  await expect(judgeAccess(as.privacy_officer, { reviewId, rows: [staff, owner] })).rejects.toMatchObject({
    ...{ ...REFUSED, field: "rows.1.verdict" },
  });
  await expect(judge(as.privacy_officer, reviewId, as.owner, "change", { changeTo: "Manager." })).rejects.toMatchObject(
    REFUSED,
  );
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("of two owners a review ends one, whether both are decided in one form or one after the other", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { owner, privacy_officer: dana } = clinic.as;
  const ines = await newColleague(clinic, "Ines Duarte", "owner");
  const { reviewId } = await startAccessReview(owner, {});
  const both = [await decision(dana, reviewId, owner, "end"), await decision(dana, reviewId, ines, "end")];
  await expect(judgeAccess(dana, { reviewId, rows: both })).rejects.toMatchObject(REFUSED);
  await judge(dana, reviewId, ines, "end");
  expect((await reviewShown(dana, reviewId)).of("Grace Okafor")).toMatchObject({ lastOwner: true });
  await expect(judge(dana, reviewId, owner, "end")).rejects.toMatchObject(REFUSED);
});

test("a decision that has come to leave the clinic without an owner isn't signed until it is another", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { owner, privacy_officer: dana } = clinic.as;
  const ines = await newColleague(clinic, "Ines Duarte", "owner");
  const { reviewId } = await startAccessReview(owner, {});
  await judge(dana, reviewId, owner, "end");
  await judge(owner, reviewId, dana, "keep");
  await keepTheRest(owner, reviewId);
  expect((await getReviewText(owner, { reviewId })).lostOwner).toBeNull();
  const form = await reviewSigning(dana, reviewId);
  await leave(owner, ines);
  expect((await getReviewText(dana, { reviewId })).lostOwner).toBe("Grace Okafor");
  const before = await contentsOf(clinic.clinicId);
  await expect(signAccessReview(dana, form)).rejects.toMatchObject(REFUSED);
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
  await judge(dana, reviewId, owner, "keep");
  await sign(dana, reviewId);
});

test("who was made an owner as the review decided, and is the last one now, doesn't keep it from being signed", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "manager"]);
  const { owner, privacy_officer: dana, manager } = as;
  const { reviewId } = await startAccessReview(owner, {});
  await judge(owner, reviewId, dana, "keep");
  await judge(owner, reviewId, manager, "change", { changeTo: "Owner, for she takes the clinic over." });
  await changeRole(owner, { ...(await seenNow(owner, manager)), role: "owner", reason: "Takes it over." });
  await judge(dana, reviewId, owner, "end");
  await leave(owner, owner);
  await sign(dana, reviewId);
});
