import "server-only";
import { AbandonReview } from "#lib/domain/clinic/access-reviews/schema.ts";
import { lockOpenReview, requireReviewer } from "#lib/domain/clinic/access-reviews/steps.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";

/** Gives a review up, with the reason. It stays on record with what was decided; the next one begins afresh. */
export const abandonAccessReview = defineCommand(
  "abandon-access-review",
  "access_review.keep",
  AbandonReview,
  async ({ tx, ctx }, { reviewId, reason }) => {
    const { memberId: closedBy } = await requireReviewer(tx, ctx);
    const { number } = await lockOpenReview(tx, reviewId);
    await tx.accessReview.updateMany({
      where: { id: reviewId, status: "open" },
      data: {
        ...{ status: "abandoned", abandonReason: reason, closedBy, closedAt: ctx.now },
        closedOn: toDatabaseDate(ctx.today),
      },
    });
    return done({ number }, { type: "access_review.abandoned", id: reviewId, number, reason });
  },
);
