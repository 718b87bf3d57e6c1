import "server-only";
import { assertSignedAs, reviewsAlone } from "#lib/domain/clinic/emergency-access/rules.ts";
import { ReviewEmergencyAccess } from "#lib/domain/clinic/emergency-access/schema.ts";
import { lockUse } from "#lib/domain/clinic/emergency-access/steps.ts";
import { countEntries, listReviewerIds, requireUse } from "#lib/domain/clinic/emergency-access/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";

/**
 * Says and signs what an officer found of a use once it is over, and after that nothing is added to it. Not by the person
 * who had it, unless nobody else could; then the review is marked as its sole reviewer's.
 */
export const reviewEmergencyAccess = defineCommand(
  "review-emergency-access",
  "emergency_access.review",
  ReviewEmergencyAccess,
  async ({ tx, ctx }, { useId, justified, done: what, followUp, typedName }) => {
    if (ctx.actor.kind !== "member") throw new Forbidden("emergency_access.review");
    const { memberId: reviewedBy, name, sessionId = null } = ctx.actor;
    await lockUse(tx, useId);
    const use = await requireUse(tx, useId, null, ctx);
    if (use.review !== null) throw refuse("emergency_access.reviewed_already", { name: use.review.by, useId });
    if (use.overAt === null) throw refuse("emergency_access.still_open", { name: use.member });
    const reviewerIds = await listReviewerIds(tx, ctx.today);
    const soleReviewer = reviewsAlone({ reviewerId: reviewedBy, userId: use.memberId, reviewerIds });
    assertSignedAs(typedName, name);
    const entries = await countEntries(tx, use);
    const found = { justified, done: what, followUp, typedName, soleReviewer, entries, sessionId };
    await tx.emergencyReview.create({
      data: { ...found, useId, reviewedBy, reviewedAt: ctx.now },
      select: { useId: true },
    });
    const { memberId, kind } = use;
    return done({ useId }, { type: "emergency_access.reviewed", id: useId, memberId, kind, ...found });
  },
);
