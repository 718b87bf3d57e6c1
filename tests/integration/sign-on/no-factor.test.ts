import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { linkProvider } from "#lib/platform/auth/linked.ts";
import { reviewShown } from "#tests/support/access-reviews.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { newPerson } from "#tests/support/people.ts";
import { vouchedFor } from "#tests/support/sign-on.ts";

test("who is only vouched for has no second factor: not in the owner's count, nor in the frozen list of a review", async () => {
  const { as, ...clinic } = await mintClinic(["owner"]);
  const auditor = await newPerson({ ...clinic, as }, "auditor");
  await linkProvider(auditor.accountId, vouchedFor(), new Date());
  const { access } = await getToday(as.owner, {});
  expect(access?.withoutFactor.shown.map(({ memberId }) => memberId)).toContain(auditor.memberId);
  const { reviewId } = await startAccessReview(as.owner, {});
  expect((await reviewShown(as.owner, reviewId)).of("Noor Haddad")).toMatchObject({ secondFactor: "no" });
});
